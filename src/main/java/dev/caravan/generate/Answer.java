package dev.caravan.generate;

import dev.caravan.data.FinishReason;

/// What became of a question.
public sealed interface Answer {
    /// @param promptTokens that were read for it, as who answered counts them
    /// @param tokens that were written
    record Written(String text, FinishReason finish, long promptTokens, long tokens) implements Answer {}

    /// There is no answer, and asking again would not bring one.
    record Failed(String because) implements Answer {}
}

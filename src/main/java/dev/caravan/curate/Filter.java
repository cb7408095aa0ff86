package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.Optional;
import java.util.function.Function;

/// Keeps a conversation or rejects it with a reason. The permitted records are the recipe's choices.
public sealed interface Filter
        permits EmptyTurnFilter,
                LanguageFilter,
                LengthFilter,
                RefusalFilter,
                RegexFilter,
                RepeatedLinesFilter,
                RoleOrderFilter,
                SelfIdentificationFilter,
                TokenLengthFilter {
    /// The filter's name in counts and in `rejected.jsonl`.
    String name();

    /// Why the conversation is rejected; empty when it is kept.
    Optional<String> objection(Conversation conversation);

    /// The rule with all that it needs at hand, for many rows.
    default Function<Conversation, Optional<String>> ready() {
        return this::objection;
    }

    /// The rule for rows that await their answer; absent: it is the same, having nothing to say of a last answer.
    default Optional<Function<Conversation, Optional<String>>> forPrompts() {
        return Optional.empty();
    }
}

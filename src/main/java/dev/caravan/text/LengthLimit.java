package dev.caravan.text;

import dev.caravan.DataException;
import java.util.List;

/// What becomes of a conversation that is longer than the model's context.
///
/// @param tokens the longest that fits
public record LengthLimit(int tokens, Policy policy) {
    public enum Policy {
        /// The run stops and names the row.
        ERROR,
        /// What is too much is cut off at the end; a row that then has nothing to learn is dropped.
        TRUNCATE,
        /// The row is left out.
        DROP
    }

    public LengthLimit {
        if (tokens < 1) throw new IllegalArgumentException("a length limit must be positive, got " + tokens);
    }

    /// What became of one conversation.
    public sealed interface Outcome {
        record Kept(TokenizedConversation conversation) implements Outcome {}

        record Truncated(TokenizedConversation conversation) implements Outcome {}

        record Dropped() implements Outcome {}
    }

    /// How many conversations fared how.
    public record Counts(long kept, long truncated, long dropped) {
        public static Counts of(List<Outcome> outcomes) {
            return new Counts(
                    outcomes.stream().filter(Outcome.Kept.class::isInstance).count(),
                    outcomes.stream()
                            .filter(Outcome.Truncated.class::isInstance)
                            .count(),
                    outcomes.stream().filter(Outcome.Dropped.class::isInstance).count());
        }
    }

    /// @param id what to call the row in messages
    public Outcome apply(String id, TokenizedConversation conversation) {
        if (conversation.size() <= tokens) return new Outcome.Kept(conversation);
        return switch (policy) {
            case ERROR ->
                throw new DataException("row '" + id + "' has " + conversation.size()
                        + " tokens, more than the " + tokens
                        + " that fit; shorten it, raise the limit, or set overlong rows to truncate or drop");
            case DROP -> new Outcome.Dropped();
            case TRUNCATE -> {
                TokenizedConversation first = conversation.first(tokens);
                yield first.trainedTokens() > 0 ? new Outcome.Truncated(first) : new Outcome.Dropped();
            }
        };
    }
}

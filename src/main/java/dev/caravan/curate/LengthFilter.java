package dev.caravan.curate;

import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import java.util.Optional;

/// Rejects a conversation whose messages together are too short or too long.
///
/// @param min fewest characters (UTF-16 units)
/// @param max most of them
public record LengthFilter(
        @Default("1") int min, @Default("100000") int max) implements Filter {
    public LengthFilter {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException(
                    "the length must go from at least 0 to at least min, got %d to %d".formatted(min, max));
        }
    }

    @Override
    public String name() {
        return "length";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        long length = conversation.messages().stream()
                .mapToLong(message -> message.content().length())
                .sum();
        boolean fits = length >= min && length <= max;
        return fits ? Optional.empty() : Optional.of("%d characters are not %d to %d".formatted(length, min, max));
    }
}

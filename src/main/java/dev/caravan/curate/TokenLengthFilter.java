package dev.caravan.curate;

import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import dev.caravan.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// Rejects a conversation whose messages together have too few or too many tokens. The template's own tokens do not
/// count.
///
/// @param tokenizer a model's folder, or its `tokenizer.json`
/// @param min fewest tokens
/// @param max most of them
public record TokenLengthFilter(
        String tokenizer,
        @Default("1") int min,
        @Default("4096") int max) implements Filter {
    public TokenLengthFilter {
        if (tokenizer.isBlank()) throw new IllegalArgumentException("tokenizer must name a folder or a file");
        if (min < 0 || max < min) {
            throw new IllegalArgumentException(
                    "min must be at least 0 and at most max, got %d and %d".formatted(min, max));
        }
    }

    /// The same filter where its tokenizer was found.
    public TokenLengthFilter at(String place) {
        return new TokenLengthFilter(place, min, max);
    }

    @Override
    public String name() {
        return "token-length";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        return ready().apply(conversation);
    }

    @Override
    public Function<Conversation, Optional<String>> ready() {
        Path path = Path.of(tokenizer);
        Tokenizer loaded = Files.isDirectory(path) ? Tokenizer.ofModel(path) : Tokenizer.load(path);
        return conversation -> objection(loaded, conversation);
    }

    private Optional<String> objection(Tokenizer loaded, Conversation conversation) {
        long tokens = conversation.messages().stream()
                .mapToLong(message -> loaded.encode(message.content()).length)
                .sum();
        boolean fits = tokens >= min && tokens <= max;
        return fits ? Optional.empty() : Optional.of("%d tokens are not %d to %d".formatted(tokens, min, max));
    }
}

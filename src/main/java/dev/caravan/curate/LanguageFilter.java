package dev.caravan.curate;

import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.text.language.LanguageDetector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rejects a conversation that is in no wanted language, system messages and tools aside. What is too short to tell
/// is kept, and so is text without words, such as a formula.
///
/// @param keep codes of the languages that are wanted, such as `en`, `de`, `zh-cn`
/// @param shortest characters from which a language can be told
public record LanguageFilter(
        @Default("[en]") List<String> keep, @Default("60") int shortest) implements Filter {
    public LanguageFilter {
        keep = List.copyOf(keep);
        if (keep.isEmpty()) throw new IllegalArgumentException("keep must name at least one language");
        for (String code : keep) {
            if (!LanguageDetector.languages().contains(code)) {
                throw new IllegalArgumentException(
                        "keep: '%s' is none of %s".formatted(code, LanguageDetector.languages()));
            }
        }
        if (shortest < 1) throw new IllegalArgumentException("shortest must be at least 1, got " + shortest);
    }

    @Override
    public String name() {
        return "language";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        String text = conversation.messages().stream()
                .filter(message ->
                        message.role().equals(Message.USER) || message.role().equals(Message.ASSISTANT))
                .map(Message::content)
                .collect(Collectors.joining("\n"));
        if (text.length() < shortest) return Optional.empty();
        return LanguageDetector.instance()
                .detect(text)
                .filter(language -> !keep.contains(language))
                .map(language -> "its language is " + language);
    }
}

package dev.caravan.curate;

import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.text.language.LanguageDetector;
import dev.caravan.text.language.WantedLanguages;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Rejects a conversation that is in no wanted language, system messages and tools aside: when most of its letters
/// are of a script that none of these languages is written in, however short it is; or when its sequences of letters
/// make another language far likelier. What is too short to tell is kept, and so is text without words, such as a
/// formula.
///
/// @param keep codes of the languages that are wanted, such as `en`, `de`, `zh-cn`
/// @param evidence natural logarithm of how much likelier another language must be: 20 spares English of a few
///     words, numbers and names, and finds most other languages from some thirty letters on
public record LanguageFilter(
        @Default("[en]") List<String> keep, @Default("20") double evidence) implements Filter {
    public LanguageFilter {
        keep = List.copyOf(keep);
        if (keep.isEmpty()) throw new IllegalArgumentException("keep must name at least one language");
        for (String code : keep) {
            if (!LanguageDetector.languages().contains(code)) {
                throw new IllegalArgumentException(
                        "keep: '%s' is none of %s".formatted(code, LanguageDetector.languages()));
            }
        }
        if (!(evidence > 0)) throw new IllegalArgumentException("evidence must be above 0, got " + evidence);
    }

    @Override
    public String name() {
        return "language";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        return ready().apply(conversation);
    }

    @Override
    public Function<Conversation, Optional<String>> ready() {
        var wanted = new WantedLanguages(keep);
        return conversation -> objection(wanted, text(conversation));
    }

    private Optional<String> objection(WantedLanguages wanted, String text) {
        return wanted.foreignScript(text)
                .map(script -> "its script is " + name(script))
                .or(() -> wanted.rival(text)
                        .filter(rival -> rival.evidence() >= evidence)
                        .map(rival -> "its language is " + rival.code()));
    }

    private static String text(Conversation conversation) {
        return conversation.messages().stream()
                .filter(message ->
                        message.role().equals(Message.USER) || message.role().equals(Message.ASSISTANT))
                .map(Message::content)
                .collect(Collectors.joining("\n"));
    }

    private static String name(UnicodeScript script) {
        return script.name().charAt(0) + script.name().substring(1).toLowerCase(Locale.ROOT);
    }
}

package dev.caravan.curate;

import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.text.Lowercase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rejects a conversation in which an answer begins by refusing, or excuses itself as a language model anywhere.
/// Not for safety data, whose point refusals are.
///
/// @param phrases further texts that no answer may hold, whatever their case
public record RefusalFilter(@Default("[]") List<String> phrases) implements Filter {
    private static final String APOLOGY = "(?:(?:i ?['’]?a?m (?:very |so |really |truly )?(?:sorry|afraid)|sorry"
            + "|i (?:do )?apologi[sz]e|(?:my|i offer my) apologies|unfortunately|regrettably)[^a-z]{1,3}"
            + "(?:but |that |however, )?)";
    private static final String INABILITY =
            "i(?: (?:can ?not|can['’]?t|won['’]?t|will not|must decline|have to decline|do not feel comfortable"
                    + "|don['’]t feel comfortable)| ?['’]?a?m (?:unable|not able|not allowed|not permitted"
                    + "|not comfortable|not programmed|not in a position))\\b";
    private static final String DEED =
            "[a-z ]{0,40}\\b(?:assist|help|comply|fulfil+|provide|answer|create|generate|write"
                    + "|produce|support|engage|participate|discuss|offer|share|continue|do that|that request|this request)\\b";
    private static final Pattern OPENING =
            Pattern.compile("\\s*(?:%s%s|%s%s)".formatted(APOLOGY, INABILITY, INABILITY, DEED));
    private static final Pattern EXCUSE =
            Pattern.compile("\\bas an? (?:ai(?: language)? model|ai assistant|large language model|language model)\\b");

    public RefusalFilter {
        phrases = List.copyOf(phrases);
        if (phrases.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("phrases must not be empty texts");
        }
    }

    @Override
    public String name() {
        return "refusal";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        return conversation.messages().stream()
                .filter(message -> message.role().equals(Message.ASSISTANT))
                .map(message -> Lowercase.of(message.content()))
                .flatMap(answer -> found(answer).stream())
                .map(phrase -> "the assistant says '" + phrase.strip() + "'")
                .findFirst();
    }

    private Optional<String> found(String answer) {
        Matcher opening = OPENING.matcher(answer);
        if (opening.lookingAt()) return Optional.of(opening.group());
        Matcher excuse = EXCUSE.matcher(answer);
        if (excuse.find()) return Optional.of(excuse.group());
        return phrases.stream()
                .filter(phrase -> answer.contains(phrase.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}

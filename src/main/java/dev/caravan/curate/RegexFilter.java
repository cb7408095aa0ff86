package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Rejects a conversation when the expression is found anywhere in one of its messages.
///
/// @param pattern in the syntax of [Pattern]
public record RegexFilter(String pattern) implements Filter {
    public RegexFilter {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "pattern '%s' is no regular expression: %s".formatted(pattern, e.getDescription()));
        }
    }

    @Override
    public String name() {
        return "regex";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        return ready().apply(conversation);
    }

    @Override
    public Function<Conversation, Optional<String>> ready() {
        Pattern compiled = Pattern.compile(pattern);
        return conversation -> objection(compiled, conversation);
    }

    private Optional<String> objection(Pattern compiled, Conversation conversation) {
        return conversation.messages().stream()
                .map(message -> compiled.matcher(message.content()))
                .filter(Matcher::find)
                .map(matcher -> "'%s' matches '%s'".formatted(pattern, matcher.group()))
                .findFirst();
    }
}

package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rejects a conversation in which the assistant names another assistant or its maker. The list is that of the Tülu 3
/// converters: OpenAI, ChatGPT, GPT-3, 3.5 and 4, Bing Chat, LAION and OpenAssistant in their spellings, as whole
/// words whatever their case.
public record SelfIdentificationFilter() implements Filter {
    private static final Pattern OTHERS = Pattern.compile(
            "\\b(?:open ?ai|chat ?gpt|gpt[- ]?(?:3(?:\\.5)?|4)|bing ?chat|laion|open ?assistant)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    @Override
    public String name() {
        return "self-identification";
    }

    @Override
    public Optional<String> objection(Conversation conversation) {
        return conversation.messages().stream()
                .filter(message -> message.role().equals(Message.ASSISTANT))
                .map(message -> OTHERS.matcher(message.content()))
                .filter(Matcher::find)
                .map(matcher -> "the assistant says '" + matcher.group() + "'")
                .findFirst();
    }
}

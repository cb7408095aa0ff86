package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.data.Check;
import dev.caravan.data.Message;
import dev.caravan.io.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One row of a file in one of the shapes that [JsonLinesSource] reads.
///
/// @param where `file:line`
record JsonRow(String where, JsonNode content) {
    private static final Set<String> ROLES = Set.of(Message.SYSTEM, Message.USER, Message.ASSISTANT);
    private static final String GSM8K_MARK = "####";

    static JsonRow parse(NumberedLines.Line line) {
        try {
            JsonNode content = Json.tree(line.text());
            if (content.isObject()) {
                return new JsonRow(line.where(), content);
            }
        } catch (DataException e) {
            throw new DataException(line.where() + ": " + e.getMessage(), e);
        }
        throw new DataException(line.where() + ": a row must be a JSON object");
    }

    /// All messages, the answer included.
    List<Message> conversation() {
        if (content.has("messages")) {
            return messages();
        }
        if (content.has("prompt")) {
            return List.of(Message.user(text("prompt")), Message.assistant(text("completion")));
        }
        if (content.has("question")) {
            return List.of(Message.user(text("question")), Message.assistant(text("answer")));
        }
        throw bad("a row must have messages, prompt and completion, or question and answer; this one has "
                + content.propertyNames());
    }

    /// The messages before the last answer; all of them when the last is not the assistant's.
    List<Message> prompt() {
        if (content.has("messages")) {
            List<Message> messages = messages();
            boolean answered = messages.getLast().role().equals(Message.ASSISTANT);
            return answered ? messages.subList(0, messages.size() - 1) : messages;
        }
        return List.of(Message.user(text(content.has("prompt") ? "prompt" : "question")));
    }

    Optional<Check> check() {
        if (content.has("ground_truth")) {
            return Optional.of(new Check(text("dataset").toLowerCase(Locale.ROOT), text("ground_truth")));
        }
        if (content.has("question") && text("answer").contains(GSM8K_MARK)) {
            String answer = text("answer");
            String number = answer.substring(answer.lastIndexOf(GSM8K_MARK) + GSM8K_MARK.length());
            return Optional.of(new Check("gsm8k", number.strip()));
        }
        return Optional.empty();
    }

    private List<Message> messages() {
        JsonNode messages = content.get("messages");
        if (messages == null || !messages.isArray() || messages.isEmpty()) {
            throw bad("messages must be a list of at least one message");
        }
        return messages.valueStream().map(this::message).toList();
    }

    private Message message(JsonNode message) {
        String role = string(message.get("role"), "role");
        if (!ROLES.contains(role)) {
            throw bad("role must be system, user or assistant, got '" + role + "'");
        }
        return new Message(role, string(message.get("content"), "content"));
    }

    private String text(String key) {
        return string(content.get(key), key);
    }

    private String string(@Nullable JsonNode value, String key) {
        if (value == null) {
            throw bad(key + " is missing");
        }
        if (!value.isString()) {
            throw bad(key + " must be a text, got " + value);
        }
        return value.asString();
    }

    private DataException bad(String rule) {
        return new DataException(where + ": " + rule);
    }
}

package dev.caravan.text;

import dev.caravan.data.Message;
import dev.caravan.text.jinja.JsonValues;
import dev.caravan.text.jinja.Origin;
import dev.caravan.text.jinja.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a chat template is rendered with, each text marked with its origin.
///
/// A message's text belongs to the message and can never become a special token. Its role belongs to the template
/// when it is a plain word, since templates spell special tokens with it (`<|user|>`); any other role is text like
/// the rest.
public final class TemplateVariables {
    private static final String MESSAGES = "messages";

    private final Map<String, Value> values = new LinkedHashMap<>();

    public TemplateVariables messages(List<Message> messages) {
        var list = new ArrayList<Value>();
        for (int i = 0; i < messages.size(); i++) list.add(message(messages.get(i), Origin.message(i)));
        values.put(MESSAGES, Value.list(list));
        return this;
    }

    private static Value message(Message message, Origin origin) {
        Map<Value, Value> fields = new LinkedHashMap<>();
        fields.put(Value.of("role"), role(message.role(), origin));
        fields.put(Value.of("content"), Value.text(message.content(), origin));
        message.toolCalls().ifPresent(calls -> fields.put(Value.of("tool_calls"), JsonValues.of(calls, origin)));
        message.toolCallId().ifPresent(id -> fields.put(Value.of("tool_call_id"), Value.text(id, origin)));
        message.name().ifPresent(name -> fields.put(Value.of("name"), Value.text(name, origin)));
        return new Value.Dict(fields);
    }

    private static Value role(String role, Origin origin) {
        boolean word = !role.isEmpty() && role.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
        return Value.text(role, word ? Origin.TEMPLATE : origin);
    }

    /// Messages with whatever fields they have: content in parts, tool calls, reasoning.
    public TemplateVariables messages(JsonNode messages) {
        if (!messages.isArray()) return put(MESSAGES, messages);
        var list = new ArrayList<Value>();
        for (int i = 0; i < messages.size(); i++) list.add(message(messages.get(i), Origin.message(i)));
        values.put(MESSAGES, Value.list(list));
        return this;
    }

    private static Value message(JsonNode message, Origin origin) {
        if (!message.isObject()) return JsonValues.of(message, origin);
        Map<Value, Value> fields = new LinkedHashMap<>();
        for (var field : message.properties()) {
            boolean isRole = field.getKey().equals("role") && field.getValue().isString();
            Value value = isRole ? role(field.getValue().asString(), origin) : JsonValues.of(field.getValue(), origin);
            fields.put(Value.text(field.getKey(), origin), value);
        }
        return new Value.Dict(fields);
    }

    /// A text by whoever owns the model, such as the end token: it may become a special token.
    public TemplateVariables putTrusted(String name, String text) {
        values.put(name, Value.of(text));
        return this;
    }

    public TemplateVariables put(String name, boolean value) {
        values.put(name, Value.of(value));
        return this;
    }

    /// Anything else, such as the list of tools.
    public TemplateVariables put(String name, JsonNode value) {
        values.put(name, JsonValues.of(value, Origin.DATA));
        return this;
    }

    Map<String, Value> values() {
        return values;
    }
}

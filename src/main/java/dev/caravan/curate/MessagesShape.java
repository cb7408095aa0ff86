package dev.caravan.curate;

import dev.caravan.data.Check;
import dev.caravan.data.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// `{"messages": [{"role", "content", "tool_calls"?, "tool_call_id"?, "name"?}, …]}`. A content in parts is the text of
/// its parts, all of which must be text; the content of a turn that calls tools may be missing. A prompt that a stage
/// wrote has its `check` beside them.
record MessagesShape() implements RowShape {
    @Override
    public String keys() {
        return "messages";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has("messages");
    }

    @Override
    public Turns read(JsonRow row) {
        Turns turns = Turns.of(list(row, "messages"));
        if (!row.isObject("check")) return turns;
        JsonRow check = row.object("check");
        return turns.with(new Check(check.text("verifier"), check.value("expected")));
    }

    static List<Message> list(JsonRow row, String key) {
        return row.objects(key, "message").map(MessagesShape::message).toList();
    }

    private static Message message(JsonRow message) {
        Optional<JsonNode> calls = ToolCalls.of(message);
        return new Message(
                role(message),
                calls.isPresent() && !message.has("content") ? "" : content(message),
                calls,
                message.textIfAny("tool_call_id"),
                message.textIfAny("name"));
    }

    private static String role(JsonRow message) {
        String role = message.text("role");
        return switch (role) {
            case Message.SYSTEM, Message.USER, Message.ASSISTANT, Message.TOOL -> role;
            case "function" -> Message.TOOL;
            default -> throw message.bad("role must be system, user, assistant or tool, got '" + role + "'");
        };
    }

    private static String content(JsonRow message) {
        return message.isList("content")
                ? message.objects("content", "part").map(MessagesShape::part).collect(Collectors.joining())
                : message.text("content");
    }

    private static String part(JsonRow part) {
        String type = part.text("type");
        if (!type.equals("text")) throw part.bad("content must be text, but has a part of type " + type);
        return part.text(part.has("text") ? "text" : "value");
    }
}

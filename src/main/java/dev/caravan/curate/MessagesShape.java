package dev.caravan.curate;

import dev.caravan.data.Message;
import java.util.List;
import java.util.Set;

/// `{"messages": [{"role", "content"}, …]}`
record MessagesShape() implements RowShape {
    private static final Set<String> ROLES = Set.of(Message.SYSTEM, Message.USER, Message.ASSISTANT);

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
        return Turns.of(list(row, "messages"));
    }

    static List<Message> list(JsonRow row, String key) {
        return row.objects(key, "message").map(MessagesShape::message).toList();
    }

    private static Message message(JsonRow message) {
        String role = message.text("role");
        if (!ROLES.contains(role)) throw message.bad("role must be system, user or assistant, got '" + role + "'");
        return new Message(role, message.text("content"));
    }
}

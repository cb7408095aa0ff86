package dev.caravan.curate;

import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.List;

/// `{"system"?: "…", "conversations": [{"from": "human", "value"}, {"from": "gpt", "value"}, …]}`
record ShareGptShape() implements RowShape {
    @Override
    public String keys() {
        return "conversations";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has("conversations");
    }

    @Override
    public Turns read(JsonRow row) {
        return Turns.of(list(row));
    }

    /// The system message and the conversation.
    static List<Message> list(JsonRow row) {
        var messages = new ArrayList<Message>();
        row.textIfAny("system").map(Message::system).ifPresent(messages::add);
        row.objects("conversations", "turn").map(ShareGptShape::message).forEach(messages::add);
        return messages;
    }

    static Message message(JsonRow turn) {
        if (turn.has("role")) return new Message(role(turn, "role"), turn.text("content"));
        return new Message(role(turn, "from"), turn.text("value"));
    }

    private static String role(JsonRow turn, String key) {
        String speaker = turn.text(key);
        return switch (speaker) {
            case "human", "user" -> Message.USER;
            case "gpt", "chatgpt", "bing", "bard", "assistant" -> Message.ASSISTANT;
            case "system" -> Message.SYSTEM;
            default -> throw turn.bad(key + " must be human, gpt or system, got '" + speaker + "'");
        };
    }
}

package dev.caravan.curate;

import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.List;

/// `{"system"?: "…", "conversations": [{"from": "human", "value"}, {"from": "gpt", "value"}, …]}`. A turn from
/// `function_call` holds calls of tools as JSON, one from `observation` what a tool answered.
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
        return turn.has("role") ? message(turn, "role", "content") : message(turn, "from", "value");
    }

    private static Message message(JsonRow turn, String speaker, String text) {
        if (turn.text(speaker).equals("function_call")) return Message.calling("", ToolCalls.ofTurn(turn, text));
        return new Message(role(turn, speaker), turn.text(text));
    }

    private static String role(JsonRow turn, String key) {
        String speaker = turn.text(key);
        return switch (speaker) {
            case "human", "user" -> Message.USER;
            case "gpt", "chatgpt", "bing", "bard", "assistant" -> Message.ASSISTANT;
            case "system" -> Message.SYSTEM;
            case "observation", "tool" -> Message.TOOL;
            default ->
                throw turn.bad(
                        key + " must be human, gpt, system, function_call or observation, got '" + speaker + "'");
        };
    }
}

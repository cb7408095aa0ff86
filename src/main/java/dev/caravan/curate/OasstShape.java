package dev.caravan.curate;

import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// `{"message_tree_id", "prompt": {"role": "prompter", "text", "replies": [{"role": "assistant", "text", "rank"}]}}`:
/// from each message the best-ranked reply is followed, as in Tülu 3. Replies without a rank come behind those
/// with one; a last message of the prompter's, which nobody answers, is left out.
record OasstShape() implements RowShape {
    private static final int NO_RANK = Integer.MAX_VALUE;

    @Override
    public String keys() {
        return "message_tree_id and prompt";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has("message_tree_id") && row.isObject("prompt");
    }

    @Override
    public Turns read(JsonRow row) {
        var path = new ArrayList<Message>();
        Optional<JsonRow> message = Optional.of(row.object("prompt"));
        while (message.isPresent()) {
            path.add(message(message.get()));
            message = message.flatMap(OasstShape::best);
        }
        boolean unanswered = path.size() > 1 && path.getLast().role().equals(Message.USER);
        return Turns.of(unanswered ? path.subList(0, path.size() - 1) : path);
    }

    private static Message message(JsonRow message) {
        String role = message.text("role");
        return switch (role) {
            case "prompter" -> Message.user(message.text("text"));
            case "assistant" -> Message.assistant(message.text("text"));
            default -> throw message.bad("role must be prompter or assistant, got '" + role + "'");
        };
    }

    private static Optional<JsonRow> best(JsonRow message) {
        if (!message.isList("replies") || message.content().path("replies").isEmpty()) return Optional.empty();
        return message.objects("replies", "reply")
                .filter(reply -> !reply.content().path("deleted").asBoolean(false))
                .min(Comparator.comparingInt(OasstShape::rank));
    }

    private static int rank(JsonRow reply) {
        JsonNode rank = reply.content().path("rank");
        return rank.isInt() ? rank.asInt() : NO_RANK;
    }
}

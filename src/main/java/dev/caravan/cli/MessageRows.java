package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The `messages` of a row.
final class MessageRows {
    private MessageRows() {}

    /// @throws DataException when they are not a list of `{"role", "content"}` with texts
    static List<Message> messages(JsonNode row) {
        JsonNode list = row.path("messages");
        if (!list.isArray() || list.isEmpty()) throw new DataException("messages must be a list of {role, content}");
        var messages = new ArrayList<Message>();
        for (JsonNode message : list) {
            messages.add(
                    new Message(text(message, "role", messages.size()), text(message, "content", messages.size())));
        }
        return messages;
    }

    private static String text(JsonNode message, String key, int index) {
        JsonNode value = message.path(key);
        if (value.isString()) return value.asString();
        throw new DataException("messages[" + index + "]." + key + " must be a text, got "
                + (value.isMissingNode() ? "nothing" : value.toString()));
    }
}

package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rows with a prompt and several completions of it.
final class CompletionRows {
    private CompletionRows() {}

    /// @throws DataException when there is neither `messages` nor a text `prompt`
    static List<Message> prompt(ObjectNode row) {
        return row.has("messages") ? MessageRows.messages(row) : List.of(Message.user(RowFields.text(row, "prompt")));
    }

    /// The `completions`: texts, or what `caravan generate` writes.
    static List<String> texts(ObjectNode row) {
        JsonNode list = row.path("completions");
        if (!list.isArray() || list.isEmpty()) throw new DataException("completions must be a list of texts");
        return list.valueStream().map(CompletionRows::text).toList();
    }

    private static String text(JsonNode completion) {
        JsonNode text = completion.isObject() ? completion.path("text") : completion;
        if (text.isString()) return text.asString();
        throw new DataException("completions must be texts, or objects with a text, got " + completion);
    }
}

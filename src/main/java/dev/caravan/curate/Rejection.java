package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.LinkedHashMap;
import java.util.Map;

/// A row that left, and why.
///
/// @param filter the name of what rejected it, the key under which it is counted
/// @param reason in words for people
public record Rejection(Conversation row, String filter, String reason) {
    /// The row's line in `rejected.jsonl`.
    public Map<String, Object> line() {
        return line(row);
    }

    /// As [#line()], with the row in another form.
    public Map<String, Object> line(Object shown) {
        return line(row.id(), filter, reason, shown);
    }

    /// A line of `rejected.jsonl`.
    public static Map<String, Object> line(String id, String filter, String reason, Object row) {
        var line = new LinkedHashMap<String, Object>();
        line.put("id", id);
        line.put("filter", filter);
        line.put("reason", reason);
        line.put("row", row);
        return line;
    }
}

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
        var line = new LinkedHashMap<String, Object>();
        line.put("id", row.id());
        line.put("filter", filter);
        line.put("reason", reason);
        line.put("row", shown);
        return line;
    }
}

package dev.caravan.cli;

import dev.caravan.DataException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a row tool asks of its rows.
final class RowFields {
    private RowFields() {}

    /// @throws DataException when the row has no text of that key
    static String text(ObjectNode row, String key) {
        JsonNode value = row.get(key);
        if (value == null) throw new DataException(key + " is missing");
        if (!value.isString()) throw new DataException(key + " must be a text, got " + value);
        return value.asString();
    }
}

package dev.caravan.cli;

import dev.caravan.DataException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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

    /// @throws DataException when the row has no list of whole numbers of that key
    static int[] ids(ObjectNode row, String key) {
        JsonNode ids = row.get(key);
        if (ids == null) throw new DataException(key + " is missing");
        if (!ids.isArray()) throw new DataException(key + " must be a list of token ids");
        return ids.valueStream().mapToInt(id -> id(id, key)).toArray();
    }

    /// As [#ids(ObjectNode, String)], for a model that knows `vocabulary` tokens.
    static int[] ids(ObjectNode row, String key, int vocabulary) {
        int[] ids = ids(row, key);
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new DataException(
                        "%s: the model has token ids from 0 to %d, got %d".formatted(key, vocabulary - 1, id));
            }
        }
        return ids;
    }

    private static int id(JsonNode node, String key) {
        if (node.isInt()) return node.asInt();
        throw new DataException(key + " must be token ids, got " + node);
    }

    static void put(ArrayNode array, int[] ids) {
        for (int id : ids) array.add(id);
    }

    static void put(ArrayNode array, float[] numbers) {
        for (float number : numbers) array.add(number);
    }
}

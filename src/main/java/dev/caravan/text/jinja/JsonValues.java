package dev.caravan.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// JSON → template values.
public final class JsonValues {
    private JsonValues() {}

    /// @param origin where all of its text counts as coming from
    public static Value of(JsonNode node, Origin origin) {
        if (node.isObject()) return dict(node, origin);
        if (node.isArray()) return list(node, origin);
        if (node.isString()) return Value.text(node.asString(), origin);
        if (node.isBoolean()) return Value.of(node.asBoolean());
        if (node.isIntegralNumber()) return new Value.Int(node.bigIntegerValue());
        if (node.isNumber()) return new Value.Real(node.asDouble());
        return Value.NONE;
    }

    private static Value dict(JsonNode node, Origin origin) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (var entry : node.properties())
            entries.put(Value.text(entry.getKey(), origin), of(entry.getValue(), origin));
        return new Value.Dict(entries);
    }

    private static Value list(JsonNode node, Origin origin) {
        List<Value> items = new ArrayList<>();
        for (JsonNode item : node) items.add(of(item, origin));
        return Value.list(items);
    }
}

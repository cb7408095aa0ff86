package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tools and calls of them in the form that chat templates are written for: a list of `{"type": "function",
/// "function": {"name", …}}`, the arguments of a call as an object. Sources also write the inner object alone, and
/// any of this as a text of JSON.
final class ToolCalls {
    private static final String FUNCTION = "function";
    private static final String ARGUMENTS = "arguments";

    private ToolCalls() {}

    /// The calls that a message makes.
    static Optional<JsonNode> of(JsonRow message) {
        return list(message, "tool_calls");
    }

    /// The tools that a row offers.
    static Optional<JsonNode> tools(JsonRow row) {
        return list(row, "tools");
    }

    /// The calls in the text of a turn of its own, as ShareGPT has them.
    static JsonNode ofTurn(JsonRow turn, String key) {
        return list(turn, key).orElseThrow(() -> turn.bad(key + " must hold a call of a tool"));
    }

    private static Optional<JsonNode> list(JsonRow row, String key) {
        if (!row.has(key)) return Optional.empty();
        JsonNode given = row.content().path(key);
        JsonNode value = given.isString() ? parsed(row, key, given.asString()) : given;
        ArrayNode list = Json.mapper().createArrayNode();
        if (value.isObject()) list.add(entry(row, key, value));
        if (value.isArray()) value.forEach(each -> list.add(entry(row, key, each)));
        if (!value.isContainer() && !value.isMissingNode()) throw unfit(row, key, value);
        return list.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    private static JsonNode parsed(JsonRow row, String key, String text) {
        if (text.isBlank()) return Json.mapper().missingNode();
        try {
            return Json.tree(text);
        } catch (DataException e) {
            throw row.bad(key + " is " + e.getMessage());
        }
    }

    private static JsonNode entry(JsonRow row, String key, JsonNode value) {
        if (!value.isObject()) throw unfit(row, key, value);
        ObjectNode entry = (ObjectNode) value.deepCopy();
        if (!entry.path(FUNCTION).isObject()) {
            if (!entry.has("name")) return entry; // a kind of tool that is no function
            ObjectNode function = entry;
            entry = Json.mapper().createObjectNode().put("type", FUNCTION).set(FUNCTION, function);
        }
        if (entry.path(FUNCTION) instanceof ObjectNode function) unpackArguments(function);
        return entry;
    }

    private static void unpackArguments(ObjectNode function) {
        if (!function.path(ARGUMENTS).isString()) return;
        try {
            JsonNode arguments = Json.tree(function.path(ARGUMENTS).asString());
            if (arguments.isObject()) function.set(ARGUMENTS, arguments);
        } catch (DataException _) {
            return; // what the model wrote as its arguments, right or wrong, stays as it is
        }
    }

    private static DataException unfit(JsonRow row, String key, JsonNode value) {
        return row.bad(key + " must be objects, got " + value);
    }
}

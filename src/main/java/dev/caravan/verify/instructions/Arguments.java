package dev.caravan.verify.instructions;

import dev.caravan.DataException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What an instruction was given: how many, which words. An argument that is `null` counts as missing.
///
/// @param instruction whose arguments they are, for messages
record Arguments(String instruction, JsonNode given) {
    /// @throws DataException when there is no text of that name
    String text(String name) {
        JsonNode value = some(name);
        check(value.isString(), name, "a text", value);
        return value.asString();
    }

    /// @throws DataException when there is no whole number from 0 on of that name
    int count(String name) {
        JsonNode value = some(name);
        check(
                value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToInt() && value.asInt() >= 0,
                name,
                "a whole number from 0 on",
                value);
        return value.asInt();
    }

    /// @throws DataException when there is no whole number from 1 on of that name
    int ordinal(String name) {
        int position = count(name);
        if (position == 0) {
            throw unusable(name, "a whole number from 1 on", 0);
        }
        return position;
    }

    /// @throws DataException when there is no list of texts of that name
    List<String> texts(String name) {
        JsonNode value = some(name);
        check(value.isArray() && value.valueStream().allMatch(JsonNode::isString), name, "a list of texts", value);
        return value.valueStream().map(JsonNode::asString).toList();
    }

    /// The error that an argument has a value nobody can follow.
    DataException unusable(String name, String wanted, Object value) {
        return new DataException("%s needs %s to be %s, got %s".formatted(instruction, name, wanted, value));
    }

    private JsonNode some(String name) {
        JsonNode value = given.get(name);
        if (value == null || value.isNull()) {
            throw new DataException(instruction + " needs " + name);
        }
        return value;
    }

    private void check(boolean usable, String name, String wanted, JsonNode value) {
        if (!usable) {
            throw unusable(name, wanted, value);
        }
    }
}

package dev.caravan.model;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON object of a model's folder; a complaint names the file, the key, the value and the rule.
///
/// A key whose value is `null` counts as absent, as in transformers.
///
/// @param path where the object lies within the file: empty, or `rope_scaling.`
record JsonFields(Path file, String path, JsonNode node) {
    static JsonFields read(Path file) {
        JsonNode node = tree(file);
        if (!node.isObject()) {
            throw new DataException("%s: must hold a JSON object".formatted(file));
        }
        return new JsonFields(file, "", node);
    }

    private static JsonNode tree(Path file) {
        try {
            return Json.mapper().readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new DataException("%s: not valid JSON: %s".formatted(file, Json.problem(e)), e);
        } catch (NoSuchFileException e) {
            throw new DataException("%s: no such file".formatted(file), e);
        } catch (IOException e) {
            throw new DataException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    boolean has(String key) {
        return !value(key).isNull() && !value(key).isMissingNode();
    }

    int integer(String key) {
        JsonNode value = required(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(key, value, "must be an integer");
        }
        return value.intValue();
    }

    int integer(String key, int absent) {
        return has(key) ? integer(key) : absent;
    }

    OptionalInt optionalInteger(String key) {
        return has(key) ? OptionalInt.of(integer(key)) : OptionalInt.empty();
    }

    double number(String key) {
        JsonNode value = required(key);
        if (!value.isNumber()) {
            throw wrong(key, value, "must be a number");
        }
        return value.doubleValue();
    }

    double number(String key, double absent) {
        return has(key) ? number(key) : absent;
    }

    boolean flag(String key, boolean absent) {
        if (!has(key)) {
            return absent;
        }
        if (!value(key).isBoolean()) {
            throw wrong(key, value(key), "must be true or false");
        }
        return value(key).booleanValue();
    }

    Optional<String> text(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (!value(key).isString()) {
            throw wrong(key, value(key), "must be a string");
        }
        return Optional.of(value(key).stringValue());
    }

    /// The ids of a key that holds one id or a list of them; empty when it is absent.
    List<Integer> ids(String key) {
        if (!has(key)) {
            return List.of();
        }
        JsonNode value = value(key);
        List<JsonNode> items = value.isArray() ? value.valueStream().toList() : List.of(value);
        if (!items.stream().allMatch(item -> item.isIntegralNumber() && item.canConvertToInt())) {
            throw wrong(key, value, "must be a token id or a list of them");
        }
        return items.stream().map(JsonNode::intValue).toList();
    }

    Optional<JsonFields> object(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (!value(key).isObject()) {
            throw wrong(key, value(key), "must be an object");
        }
        return Optional.of(new JsonFields(file, path + key + ".", value(key)));
    }

    /// The complaint about a key's value.
    DataException wrong(String key, Object value, String rule) {
        return new DataException("%s: %s%s %s, got %s".formatted(file, path, key, rule, value));
    }

    JsonNode value(String key) {
        return node.path(key);
    }

    private JsonNode required(String key) {
        if (!has(key)) {
            throw new DataException("%s: %s%s is missing".formatted(file, path, key));
        }
        return value(key);
    }
}

package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A row of a file, or an object within it, and what is asked of its keys.
///
/// @param where `file:line`
record JsonRow(String where, JsonNode content) implements FileRow {
    static FileRow parse(NumberedLines.Line line) {
        if (!line.problem().isEmpty()) return new BadRow(line.where(), line.problem(), line.text());
        try {
            return of(line.where(), Json.tree(line.text()), line.text());
        } catch (DataException e) {
            return new BadRow(line.where(), String.valueOf(e.getMessage()), line.text());
        }
    }

    static FileRow of(String where, JsonNode content, String text) {
        return content.isObject()
                ? new JsonRow(where, content)
                : new BadRow(where, "a row must be a JSON object", text);
    }

    /// Whether the row has a value of that key; `null`, as columns of a table have it, is none.
    boolean has(String key) {
        return content.hasNonNull(key);
    }

    boolean has(String key, String other) {
        return has(key) && has(other);
    }

    boolean isText(String key) {
        return content.path(key).isString();
    }

    boolean isList(String key) {
        return content.path(key).isArray();
    }

    boolean isObject(String key) {
        return content.path(key).isObject();
    }

    /// The text of a key.
    ///
    /// @throws DataException when it is missing or no text
    String text(String key) {
        JsonNode value = content.get(key);
        if (value == null) throw bad(key + " is missing");
        if (!value.isString()) throw bad(key + " must be a text, got " + brief(value));
        return value.asString();
    }

    /// The text of a key; empty where the key is missing or its text is blank.
    Optional<String> textIfAny(String key) {
        return has(key) ? Optional.of(text(key)).filter(text -> !text.isBlank()) : Optional.empty();
    }

    /// A text, or a number or a list as JSON: what a check expects.
    String value(String key) {
        JsonNode value = content.get(key);
        if (value == null || value.isNull()) throw bad(key + " is missing");
        return value.isString() ? value.asString() : value.toString();
    }

    JsonRow object(String key) {
        return within(content.get(key), key);
    }

    /// The objects of a list that must not be empty.
    Stream<JsonRow> objects(String key, String element) {
        JsonNode list = content.path(key);
        if (!list.isArray() || list.isEmpty()) throw bad(key + " must be a list of at least one " + element);
        return list.valueStream().map(each -> within(each, key));
    }

    DataException bad(String rule) {
        return new DataException(where + ": " + rule);
    }

    private JsonRow within(@Nullable JsonNode value, String key) {
        if (value == null || !value.isObject()) throw bad(key + " must hold objects, got " + brief(value));
        return new JsonRow(where, value);
    }

    private static String brief(@Nullable JsonNode value) {
        String text = String.valueOf(value);
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}

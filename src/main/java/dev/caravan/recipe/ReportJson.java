package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Reads what stages wrote, leniently: a report of half a run is worth more than an error.
final class ReportJson {
    private ReportJson() {}

    static JsonNode file(Path file) {
        try {
            return Json.tree(Files.readString(file));
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + e.getMessage(), e);
        } catch (DataException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        }
    }

    /// Hands over each line that is a JSON object.
    ///
    /// @return how many lines are not, as the last line of an interrupted run may be
    static int eachRow(Path file, Consumer<JsonNode> rows) {
        int unreadable = 0;
        try (Stream<Line> lines = JsonLines.lines(file)) {
            for (Line line : (Iterable<Line>) lines::iterator) {
                Optional<JsonNode> row = row(line.text());
                row.ifPresent(rows);
                unreadable += row.isEmpty() ? 1 : 0;
            }
        }
        return unreadable;
    }

    private static Optional<JsonNode> row(String line) {
        try {
            return Optional.of(Json.tree(line)).filter(JsonNode::isObject);
        } catch (DataException _) {
            return Optional.empty();
        }
    }

    /// The value as text: empty where it is absent, JSON where it is a list or an object.
    static String text(JsonNode row, String key) {
        return text(row.path(key));
    }

    static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    /// A conversation as text with its roles, plain text as it is.
    static String conversation(JsonNode value) {
        boolean messages = value.isArray() && !value.isEmpty() && value.path(0).has("content");
        return messages
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(message -> text(message, "role") + ": " + text(message, "content"))
                        .collect(Collectors.joining("\n\n"))
                : text(value);
    }

    static OptionalDouble number(JsonNode row, String key) {
        JsonNode value = row.path(key);
        return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    static long count(JsonNode row, String key) {
        JsonNode value = row.path(key);
        return value.isNumber() ? Math.round(value.doubleValue()) : 0;
    }

    /// What a manifest says of a stage's files, as name and hash: a list of `{"file" or "reference", "sha256" or
    /// "hash"}`, or an object of names and hashes.
    static Map<String, String> hashes(JsonNode files) {
        if (!files.isArray()) {
            return leaves(files);
        }
        var hashes = new LinkedHashMap<String, String>();
        for (JsonNode file : files) {
            String name = text(file, file.has("file") ? "file" : "reference");
            hashes.put(name, text(file, file.has("sha256") ? "sha256" : "hash"));
        }
        return hashes;
    }

    /// Every leaf under its dotted path, in the file's order.
    static Map<String, String> leaves(JsonNode tree) {
        var leaves = new LinkedHashMap<String, String>();
        leaves("", tree, leaves);
        return leaves;
    }

    private static void leaves(String path, JsonNode tree, Map<String, String> leaves) {
        if (tree.isObject()) {
            tree.properties()
                    .forEach(entry -> leaves(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), leaves));
        } else if (!tree.isMissingNode()) {
            leaves.put(path, tree.isNull() ? "null" : text(tree));
        }
    }
}

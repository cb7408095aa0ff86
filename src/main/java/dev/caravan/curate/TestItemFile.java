package dev.caravan.curate;

import dev.caravan.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Test items in a file of rows, in any format that sources have, or in a folder of such files.
///
/// @param task what the table calls them
/// @param fields the keys whose texts are compared, such as `passage` and `question`; a number counts the columns of a
///     table whose first line names none. When nothing is named, the user turns of `messages`, or else the first key
///     of [#USUAL] that a row has
public record TestItemFile(String task, Path file, List<String> fields) {
    /// Where evaluation sets keep their prompts.
    public static final List<String> USUAL = List.of(
            "question",
            "Question",
            "prompt",
            "problem",
            "instruction",
            "instruct_prompt",
            "Behavior",
            "adversarial",
            "input",
            "text",
            "turns");

    private static final List<String> IDS = List.of("id", "task_id", "question_id", "key");

    public TestItemFile {
        fields = List.copyOf(fields);
    }

    /// The items; a field that a row lacks, or that is null, is passed over where another is there.
    ///
    /// @throws DataException when a row cannot be read or has none of the fields; it names the line
    public List<TestItem> items() {
        return RowFile.files(file, "test").stream().flatMap(this::items).toList();
    }

    /// The items that have all the fields.
    public List<TestItem> wholeItems() {
        return items().stream()
                .filter(item -> fields.isEmpty() || item.texts().size() >= fields.size())
                .toList();
    }

    private Stream<TestItem> items(Path part) {
        boolean counted = !fields.isEmpty() && fields.stream().allMatch(field -> field.matches("\\d{1,4}"));
        try (Stream<FileRow> rows = counted ? RowFile.rowsWithoutHeader(part) : RowFile.rows(part)) {
            return rows.map(row -> item(part, row)).toList().stream();
        }
    }

    private TestItem item(Path part, FileRow row) {
        return switch (row) {
            case BadRow bad -> throw bad.failure();
            case JsonRow sound -> item(part, sound);
        };
    }

    private TestItem item(Path part, JsonRow row) {
        List<String> texts = fields.isEmpty() ? usualTexts(row.content()) : texts(row);
        if (texts.isEmpty()) {
            throw row.bad("an item needs texts under %s; this one has %s"
                    .formatted(
                            fields.isEmpty() ? "messages or one of " + USUAL : fields,
                            row.content().propertyNames()));
        }
        return new TestItem(task, id(row.content()).orElseGet(() -> place(part, row)), texts);
    }

    /// Such as `line 7`, behind the file's name where there are several.
    private String place(Path part, JsonRow row) {
        String place = row.where().substring(part.toString().length() + 1).strip();
        String within = place.startsWith("row") ? place : "line " + place;
        return part.equals(file) ? within : FileSource.nameOf(part) + " " + within;
    }

    private static List<String> usualTexts(JsonNode row) {
        if (row.path("messages").isArray()) {
            return row.get("messages")
                    .valueStream()
                    .filter(message -> message.path("role").asString("").equals("user"))
                    .map(message -> message.path("content").asString(""))
                    .toList();
        }
        return USUAL.stream()
                .map(key -> texts(row.path(key)))
                .filter(texts -> !texts.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<String> texts(JsonRow row) {
        var texts = new ArrayList<String>();
        for (String field : fields) {
            JsonNode value = value(row.content(), field);
            List<String> found = texts(value);
            if (found.isEmpty() && !value.isMissingNode() && !value.isNull()) {
                throw row.bad(field + " must be a text or a list of texts");
            }
            texts.addAll(found);
        }
        return texts;
    }

    /// The value under a key, or of a column by its number.
    private static JsonNode value(JsonNode row, String field) {
        if (row.has(field) || !field.matches("\\d{1,4}")) return row.path(field);
        return row.valueStream().skip(Integer.parseInt(field) - 1).findFirst().orElse(row.path(field));
    }

    private static List<String> texts(JsonNode value) {
        if (value.isString()) return List.of(value.asString());
        boolean list =
                value.isArray() && !value.isEmpty() && value.valueStream().allMatch(JsonNode::isString);
        return list ? value.valueStream().map(JsonNode::asString).toList() : List.of();
    }

    private static Optional<String> id(JsonNode row) {
        return IDS.stream()
                .map(row::path)
                .filter(id -> id.isString() || id.isIntegralNumber())
                .map(JsonNode::asString)
                .findFirst();
    }
}

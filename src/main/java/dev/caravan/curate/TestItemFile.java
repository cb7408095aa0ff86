package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Test items in a file of JSON lines.
///
/// @param task what the table calls them
/// @param fields the keys whose texts are compared, such as `passage` and `question`; when none is named,
///     the user turns of `messages`, or else the first key of [#USUAL] that a row has
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
    /// @throws DataException when a row has none of the fields; it names the line
    public List<TestItem> items() {
        try (Stream<Line> lines = JsonLines.lines(file)) {
            return lines.map(this::item).toList();
        }
    }

    /// The items that have all the fields.
    public List<TestItem> wholeItems() {
        try (Stream<Line> lines = JsonLines.lines(file)) {
            return lines.map(this::item)
                    .filter(item -> fields.isEmpty() || item.texts().size() >= fields.size())
                    .toList();
        }
    }

    private TestItem item(Line line) {
        JsonNode row = line.tree();
        List<String> texts = fields.isEmpty() ? usualTexts(row) : texts(line, row, fields);
        if (texts.isEmpty()) {
            throw new DataException("%s: an item needs texts under %s; this one has %s"
                    .formatted(
                            line.place(),
                            fields.isEmpty() ? "messages or one of " + USUAL : fields,
                            row.propertyNames()));
        }
        return new TestItem(task, id(row).orElse("line " + line.number()), texts);
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

    private static List<String> texts(Line line, JsonNode row, List<String> fields) {
        var texts = new ArrayList<String>();
        for (String field : fields) {
            JsonNode value = row.path(field);
            List<String> found = texts(value);
            if (found.isEmpty() && !value.isMissingNode() && !value.isNull()) {
                throw new DataException("%s: %s must be a text or a list of texts".formatted(line.place(), field));
            }
            texts.addAll(found);
        }
        return texts;
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

package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The rows of the examples that stand before an item.
final class ShotRows {
    /// The examples of a group and what its text file says of the task.
    record Group(String description, List<ObjectNode> rows) {}

    private final Function<String, Group> source;
    private final Map<String, Group> known = new HashMap<>();

    private ShotRows(Function<String, Group> source) {
        this.source = source;
    }

    /// @param data the file or folder that the user gives; absent for a task that brings its rows
    static ShotRows of(TaskDefinition task, Optional<Path> data, Function<ObjectNode, String> group) {
        return switch (task.format().shots()) {
            case Shots.NoShots _ -> new ShotRows(_ -> new Group("", List.of()));
            case Shots.InlineShots inline -> {
                var all =
                        new Group("", inline.rows().stream().map(ShotRows::row).toList());
                yield new ShotRows(_ -> all);
            }
            case Shots.DataShots other -> {
                List<ObjectNode> rows = otherSplit(task, data, other.files());
                yield new ShotRows(wanted -> new Group("", first(rows, group, wanted, other.count())));
            }
            case Shots.DrawnShots drawn -> {
                List<ObjectNode> rows = otherSplit(task, data, drawn.files());
                var all = new Group("", new PythonRandom(drawn.seed()).sample(rows, drawn.count()));
                yield new ShotRows(_ -> all);
            }
            case Shots.TextShots text -> new ShotRows(wanted -> ofText(text, folder(task, data), wanted));
        };
    }

    Group of(String group) {
        return known.computeIfAbsent(group, source);
    }

    private static ObjectNode row(Map<String, String> columns) {
        ObjectNode row = Json.mapper().createObjectNode();
        columns.forEach(row::put);
        return row;
    }

    private static List<ObjectNode> otherSplit(TaskDefinition task, Optional<Path> data, List<String> files) {
        return TaskRows.read(folder(task, data), files, (TaskSource.FilesTaskSource) task.source());
    }

    private static Path folder(TaskDefinition task, Optional<Path> data) {
        return data.filter(Files::isDirectory)
                .orElseThrow(() -> new DataException(("task %s takes its %d examples from another file of its data set:"
                                + " give the folder with both, or --shots 0")
                        .formatted(task.name(), task.format().shots().count())));
    }

    private static List<ObjectNode> first(
            List<ObjectNode> rows, Function<ObjectNode, String> group, String wanted, int count) {
        List<ObjectNode> found = rows.stream()
                .filter(row -> group.apply(row).equals(wanted))
                .limit(count)
                .toList();
        if (found.size() == count) return found;
        throw new DataException(
                "there are %d examples of '%s', the task needs %d".formatted(found.size(), wanted, count));
    }

    private static Group ofText(Shots.TextShots shots, Path folder, String group) {
        String pattern =
                shots.file().text().apply(Json.mapper().createObjectNode().put("group", group));
        String text = text(TaskRows.files(folder, List.of(pattern)).getFirst());
        String body = text.substring(text.startsWith("BENCHMARK DATA") ? text.indexOf("-----\n") + 6 : 0);
        String[] parts = body.split("(?m)^" + java.util.regex.Pattern.quote(shots.question()));
        List<ObjectNode> rows = new ArrayList<>();
        for (int i = 1; i <= Math.min(shots.count(), parts.length - 1); i++) {
            rows.add(example(parts[i], shots.answer(), group));
        }
        return new Group(parts[0].strip(), rows);
    }

    private static ObjectNode example(String text, String answer, String group) {
        int split = text.indexOf(answer);
        if (split < 0) throw new DataException("an example of '%s' has no '%s'".formatted(group, answer.strip()));
        return row(Map.of(
                "input", text.substring(0, split).strip(),
                "solution", text.substring(split + answer.length()).strip()));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).lines().collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}

package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.curate.PlainRows;
import dev.caravan.curate.Problem;
import dev.caravan.curate.TestProblems;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rows of an evaluation task. Each has, beside its own columns, `file`: the name of the file it stands in,
/// less what says its split and format, or the folder's name where nothing is left.
final class TaskRows {
    private static final Pattern ENDING = Pattern.compile("\\.(jsonl|json|csv|tsv|parquet)(\\.(gz|zst))?$");
    private static final Pattern SPLIT = Pattern.compile("(^|[_-])(test|dev|val|validation|train)(-\\d+-of-\\d+)?$");
    private static final int DEEPEST = 6;

    private TaskRows() {}

    static List<ObjectNode> generated() {
        var rows = new ArrayList<ObjectNode>();
        for (Problem problem : TestProblems.all()) {
            rows.add(Json.mapper()
                    .createObjectNode()
                    .put("problem", problem.text())
                    .put("answer", Integer.toString(problem.answer())));
        }
        return rows;
    }

    /// @param data the file, or the folder with files of these patterns
    static List<ObjectNode> read(Path data, List<String> patterns, TaskSource.FilesTaskSource layout) {
        return files(data, patterns).stream()
                .flatMap(file -> read(file, layout).stream())
                .toList();
    }

    private static List<ObjectNode> read(Path file, TaskSource.FilesTaskSource layout) {
        String name = nameOf(file);
        return rows(file, layout).stream()
                .flatMap(row -> unwound(row, layout.unwind()))
                .map(row -> row.put("file", name))
                .toList();
    }

    private static List<JsonNode> rows(Path file, TaskSource.FilesTaskSource layout) {
        if (!layout.columns().isEmpty() && file.toString().endsWith(".csv"))
            return NamedColumns.rows(file, layout.columns());
        if (file.toString().endsWith(".tsv")) return NamedColumns.ofTabs(file);
        if (layout.at().isEmpty() || !file.toString().endsWith(".json")) {
            return PlainRows.read(file);
        }
        JsonNode root = json(file);
        if (root.isArray()) return root.valueStream().toList();
        JsonNode list =
                layout.at().get().equals("*") ? root : root.path(layout.at().get());
        if (!list.isContainer()) {
            throw new DataException("%s: has no list of rows under '%s'"
                    .formatted(file, layout.at().get()));
        }
        return list.valueStream().toList();
    }

    private static JsonNode json(Path file) {
        try {
            return Json.tree(Files.readString(file));
        } catch (IOException e) {
            throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// The row, or one for each element of its list, with the columns of both.
    private static Stream<ObjectNode> unwound(JsonNode row, Optional<String> list) {
        if (!(row instanceof ObjectNode outer)) throw new DataException("a row must be a JSON object, got " + row);
        if (list.isEmpty() || !outer.path(list.get()).isArray()) return Stream.of(outer.deepCopy());
        ObjectNode shared = outer.deepCopy();
        shared.remove(list.get());
        return outer.path(list.get()).valueStream().map(each -> {
            ObjectNode merged = shared.deepCopy();
            each.properties().forEach(column -> merged.set(column.getKey(), column.getValue()));
            return merged;
        });
    }

    private static String nameOf(Path file) {
        String name = ENDING.matcher(String.valueOf(file.getFileName())).replaceFirst("");
        String bare = SPLIT.matcher(name).replaceFirst("");
        Path folder = file.toAbsolutePath().getParent();
        return bare.isEmpty() && folder != null ? String.valueOf(folder.getFileName()) : bare;
    }

    /// The file itself; or the folder's files of the first pattern that fits any, by name.
    ///
    /// @throws DataException when there is none
    static List<Path> files(Path data, List<String> patterns) {
        if (!Files.exists(data)) throw new DataException("there is no file " + data);
        if (!Files.isDirectory(data)) return List.of(data);
        List<Path> found = found(data, patterns);
        if (!found.isEmpty()) return found;
        throw new DataException(
                "%s is a folder without a file named like %s".formatted(data, String.join(" or ", patterns)));
    }

    /// The folder's files of the first pattern that fits any, by name; none where no pattern does.
    static List<Path> found(Path folder, List<String> patterns) {
        return patterns.stream()
                .map(pattern -> matching(folder, pattern))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Path> matching(Path folder, String pattern) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        try (Stream<Path> tree = Files.walk(folder, DEEPEST)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(folder.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException("cannot read the folder %s: %s".formatted(folder, e.getMessage()), e);
        }
    }
}

package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.TestItem;
import dev.caravan.curate.TestItemFile;
import dev.caravan.eval.TaskData;
import dev.caravan.eval.TaskRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What `--against` names: evaluation tasks, files of test items, and `NAME=FILE`.
///
/// @param fields keys of the files' items that are compared
/// @param wholeItems leave out items that lack one of the fields
record AgainstOption(List<String> names, List<String> fields, boolean wholeItems) {
    List<TestItem> items() {
        List<TestItem> items = names.stream().flatMap(this::items).toList();
        if (items.isEmpty()) throw new RecipeException("--against: " + String.join(", ", names) + " hold no items");
        return items;
    }

    private Stream<TestItem> items(String name) {
        if (Files.exists(Path.of(name))) return file(RowFiles.name(Path.of(name)), Path.of(name));
        int equals = name.indexOf('=');
        if (equals > 0) return file(name.substring(0, equals), Path.of(name.substring(equals + 1)));
        List<String> tasks = TaskRegistry.expanded(List.of(name));
        if (!tasks.equals(List.of(name)) || TaskRegistry.names().contains(name)) {
            return tasks.stream().flatMap(task -> TaskRegistry.protectedTexts(task, TaskData.NONE).stream());
        }
        throw new RecipeException(
                "--against: '%s' is neither a file nor a task; tasks are %s".formatted(name, TaskRegistry.names()));
    }

    private Stream<TestItem> file(String task, Path file) {
        RowFiles.requireReadable(file);
        var items = new TestItemFile(task, file, fields);
        return (wholeItems ? items.wholeItems() : items.items()).stream();
    }
}

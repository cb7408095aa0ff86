package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.TestItem;
import dev.caravan.curate.TestItemFile;
import dev.caravan.eval.TaskData;
import dev.caravan.eval.TaskRegistry;
import dev.caravan.recipe.DataPlaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What `--against` names: evaluation tasks, and test items as files, folders or data sets of the hub, each of which
/// may have a name before it and fields behind it: `NAME=FILE#FIELD,FIELD`.
///
/// @param fields keys that are compared where a file names none of its own
/// @param wholeItems leave out items that lack one of the fields
record AgainstOption(List<String> names, List<String> fields, boolean wholeItems) {
    List<TestItem> items() {
        List<TestItem> items = names.stream().flatMap(this::items).toList();
        if (items.isEmpty()) throw new RecipeException("--against: " + String.join(", ", names) + " hold no items");
        return items;
    }

    private Stream<TestItem> items(String text) {
        int hash = text.lastIndexOf('#');
        List<String> own = hash < 0 ? fields : List.of(text.substring(hash + 1).split(","));
        String place = hash < 0 ? text : text.substring(0, hash);
        if (isPlace(place)) return file(RowFiles.name(place), place, own);
        int equals = place.indexOf('=');
        if (equals > 0) return file(place.substring(0, equals), place.substring(equals + 1), own);
        List<String> tasks = TaskRegistry.expanded(List.of(text));
        if (!tasks.equals(List.of(text)) || TaskRegistry.names().contains(text)) {
            return tasks.stream().flatMap(task -> TaskRegistry.protectedTexts(task, TaskData.NONE).stream());
        }
        throw new RecipeException(
                "--against: '%s' is neither a file nor a task; tasks are %s".formatted(text, TaskRegistry.names()));
    }

    private static boolean isPlace(String text) {
        return DataPlaces.nameOnHub(text).isPresent() || Files.exists(Path.of(text));
    }

    private Stream<TestItem> file(String task, String place, List<String> compared) {
        Path path = Path.of(RowFiles.source(task, place).path());
        var items = new TestItemFile(task, path, compared);
        return (wholeItems ? items.wholeItems() : items.items()).stream();
    }
}

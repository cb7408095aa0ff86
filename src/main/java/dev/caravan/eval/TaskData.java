package dev.caravan.eval;

import dev.caravan.RecipeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the data of evaluation tasks lie: `NAME=PATH` for one task, or for all that share its data; a path alone
/// for every other task, which may be a folder with a folder for each.
public record TaskData(Map<String, Path> named, Optional<Path> others) {
    public static final TaskData NONE = new TaskData(Map.of(), Optional.empty());

    public TaskData {
        named = Map.copyOf(named);
    }

    /// @param given each `NAME=PATH` or `PATH`
    public static TaskData of(List<String> given) {
        var named = new LinkedHashMap<String, Path>();
        Optional<Path> others = Optional.empty();
        for (String each : given) {
            int equals = Files.exists(Path.of(each)) ? -1 : each.indexOf('=');
            if (equals > 0) {
                named.put(each.substring(0, equals), Path.of(each.substring(equals + 1)));
            } else if (others.isPresent()) {
                throw new RecipeException("task data is given for all tasks twice, %s and %s; write NAME=PATH"
                        .formatted(others.get(), each));
            } else {
                others = Optional.of(Path.of(each));
            }
        }
        return new TaskData(named, others);
    }

    public static TaskData of(Path path) {
        return new TaskData(Map.of(), Optional.of(path));
    }

    /// The file or folder of a task, where there is one.
    Optional<Path> of(String task, TaskSource.FilesTaskSource source) {
        return Optional.ofNullable(named.get(task))
                .or(() -> Optional.ofNullable(named.get(source.folder())))
                .or(() -> others.map(path -> within(path, task, source.folder())));
    }

    /// Whether the items of a task of Caravan's own are at hand: part of it, or given by the task's name or folder.
    boolean has(String task) {
        return switch (TaskRegistry.named(task).source()) {
            case TaskSource.GeneratedTaskSource _, TaskSource.MathematicsTaskSource _ -> true;
            case TaskSource.FilesTaskSource files ->
                named.containsKey(task)
                        || named.containsKey(files.folder())
                        || others.filter(path -> Files.isDirectory(path.resolve(task))
                                        || Files.isDirectory(path.resolve(files.folder())))
                                .isPresent();
        };
    }

    private static Path within(Path path, String task, String folder) {
        if (Files.isDirectory(path.resolve(task))) return path.resolve(task);
        return Files.isDirectory(path.resolve(folder)) ? path.resolve(folder) : path;
    }
}

package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.config.Binder;
import dev.caravan.curate.TestItem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// The evaluation tasks by name. What is evaluated here is also what training data is decontaminated against. A
/// task is a file of data: one of Caravan's own, or the user's, named by its path.
public final class TaskRegistry {
    /// The tasks of Caravan, a name a line.
    private static final String INDEX = "index.txt";

    private TaskRegistry() {}

    /// Every task of Caravan's own.
    public static List<TaskDefinition> tasks() {
        return names().stream().map(TaskRegistry::named).toList();
    }

    public static List<String> names() {
        return OwnFiles.text("tasks/" + INDEX)
                .orElseThrow()
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /// The task of that name or file, without a sub-task.
    ///
    /// @throws RecipeException when there is none; the message lists the known ones
    public static TaskDefinition named(String name) {
        String task = beforeColon(name);
        if (task.endsWith(".yaml") && Files.exists(Path.of(task))) {
            return Binder.read(TaskDefinition.class, Path.of(task), List.of()).get();
        }
        return Optional.of(task)
                .filter(known -> known.matches("[a-z0-9-]+"))
                .flatMap(known -> OwnFiles.text("tasks/" + known + ".yaml"))
                .map(text -> Binder.bind(TaskDefinition.class, task + ".yaml", text, List.of())
                        .get())
                .orElseThrow(() -> new RecipeException("there is no task '%s'; known are %s".formatted(task, names())));
    }

    /// The tasks that a user lists, each a task, a `TASK:SUBTASK`, or a suite, which is all its tasks.
    public static List<String> expanded(List<String> listed) {
        var expanded = new ArrayList<String>();
        for (String each : listed) {
            suite(each)
                    .map(suite -> suite.tasks().stream())
                    .orElse(Stream.of(each))
                    .filter(name -> !expanded.contains(name))
                    .forEach(expanded::add);
        }
        return List.copyOf(expanded);
    }

    /// The suite of that name, where it names no task.
    static Optional<Suite> suite(String name) {
        return OwnFiles.text("tasks/" + beforeColon(name) + ".yaml").isPresent()
                ? Optional.empty()
                : Suites.named(name);
    }

    /// The task of that name with its items, read from `data` where they are not built in.
    public static EvalTask load(String name, TaskData data) {
        return load(name, data, TaskSettings.OF_THE_TASK);
    }

    /// @param name a task, or `TASK:SUBTASK`
    public static EvalTask load(String name, TaskData data, TaskSettings settings) {
        TaskDefinition definition = named(name).with(settings);
        EvalTask task = new EvalTask(definition, items(definition, data));
        int colon = beforeColon(name).length();
        return colon == name.length() ? task : task.ofGroup(name.substring(colon + 1));
    }

    /// What must not be trained on. The examples of another file are not needed for it.
    public static List<TestItem> protectedTexts(String name, TaskData data) {
        var bare = new TaskSettings(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(0));
        return load(name, data, bare).protectedTexts();
    }

    private static List<EvalItem> items(TaskDefinition task, TaskData data) {
        return switch (task.source()) {
            case TaskSource.GeneratedTaskSource _ -> items(new ItemMaker(task, Optional.empty()), TaskRows.generated());
            case TaskSource.MathematicsTaskSource _ -> items(new ItemMaker(task, Optional.empty()), MathModules.rows());
            case TaskSource.FilesTaskSource files -> {
                Path path = data.of(task.name(), files)
                        .orElseThrow(() -> new DataException(
                                "the items of task %s are not part of Caravan: give data=FILE with the %s"
                                        .formatted(task.name(), files.origin())));
                yield items(new ItemMaker(task, Optional.of(path)), TaskRows.read(path, files.files(), files));
            }
        };
    }

    private static List<EvalItem> items(ItemMaker maker, List<tools.jackson.databind.node.ObjectNode> rows) {
        var items = new ArrayList<EvalItem>();
        for (var row : rows) {
            items.add(maker.item(row, items.size() + 1));
        }
        return items;
    }

    private static String beforeColon(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }
}

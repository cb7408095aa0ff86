package dev.caravan.eval;

import dev.caravan.DataException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// What a user's list of tasks and suites comes to with the data at hand. A task that is listed itself must have its
/// data; of a suite those tasks are taken that have it.
///
/// @param tasks names of tasks and of sub-tasks
/// @param suites those listed, each behind the suites within it
/// @param missing tasks of suites whose data are not at hand
public record TaskList(List<String> tasks, List<Suite> suites, List<String> missing) {
    public TaskList {
        tasks = List.copyOf(tasks);
        suites = List.copyOf(suites);
        missing = List.copyOf(missing);
    }

    /// @throws DataException when a suite has no task whose data are at hand
    public static TaskList of(List<String> listed, TaskData data) {
        var tasks = new LinkedHashSet<String>();
        var suites = new LinkedHashSet<Suite>();
        var missing = new ArrayList<String>();
        for (String each : listed) {
            Optional<Suite> suite = TaskRegistry.suite(each);
            if (suite.isEmpty()) tasks.add(each);
            suite.ifPresent(held -> {
                List<String> here = held.tasks().stream().filter(data::has).toList();
                if (here.isEmpty()) throw nothing(held);
                tasks.addAll(here);
                held.withThoseWithin().forEach(suites::add);
                missing.addAll(held.tasks());
            });
        }
        missing.removeAll(tasks);
        return new TaskList(
                List.copyOf(tasks),
                List.copyOf(suites),
                missing.stream().distinct().toList());
    }

    private static DataException nothing(Suite suite) {
        return new DataException(
                ("the data of suite %s are not part of Caravan, and none of them is here: give a folder"
                                + " with a folder for each of its tasks, %s; 'caravan tasks' says what each must hold")
                        .formatted(suite.name(), String.join(", ", suite.tasks())));
    }

    /// What is missing, in words; empty where nothing is.
    public Optional<String> gap() {
        if (missing.isEmpty()) return Optional.empty();
        return Optional.of("not evaluated, since their data are not here: %s; means are of the others"
                .formatted(String.join(", ", missing)));
    }
}

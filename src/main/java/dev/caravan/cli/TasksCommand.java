package dev.caravan.cli;

import dev.caravan.eval.Suites;
import dev.caravan.eval.TaskDefinition;
import dev.caravan.eval.TaskRegistry;
import dev.caravan.eval.TaskSource;
import dev.caravan.io.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `caravan tasks`: the evaluation tasks, a line each.
@Command(
        name = "tasks",
        mixinStandardHelpOptions = true,
        description = "List the evaluation tasks and where their items come from.")
final class TasksCommand implements Callable<Integer> {
    @Option(names = "--json", description = "a JSON object a line")
    private boolean json;

    @Override
    public Integer call() {
        for (TaskDefinition task : TaskRegistry.tasks()) {
            System.out.println(json ? Json.write(row(task)) : line(task));
        }
        return 0;
    }

    private static ObjectNode row(TaskDefinition task) {
        ObjectNode row = Json.mapper()
                .createObjectNode()
                .put("name", task.name())
                .put("version", task.version())
                .put("metric", task.metric())
                .put("items", task.items())
                .put("origin", task.source().origin())
                .put("available", task.source().builtIn());
        row.set("suites", Json.mapper().valueToTree(Suites.holding(task.name())));
        if (task.source() instanceof TaskSource.FilesTaskSource files) row.put("hub", files.hub());
        return row;
    }

    private static String line(TaskDefinition task) {
        String here = task.source().builtIn() ? "" : "; not here, give data=FILE";
        return "%-18s v%d  %-16s %-15s %6d items  %s%s"
                .formatted(
                        task.name(),
                        task.version(),
                        String.join(",", Suites.holding(task.name())),
                        task.metric(),
                        task.items(),
                        task.source().origin(),
                        here);
    }
}

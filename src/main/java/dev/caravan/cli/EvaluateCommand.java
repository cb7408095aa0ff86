package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.eval.EvalTask;
import dev.caravan.eval.TaskRegistry;
import dev.caravan.eval.TaskScore;
import dev.caravan.io.Interrupt;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import dev.caravan.model.CausalLm;
import dev.caravan.recipe.Evaluation;
import dev.caravan.recipe.LoadedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `caravan evaluate`: the scores of a model on evaluation tasks.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description =
                "Score a model on evaluation tasks: a line {\"task\", \"metric\", \"score\", \"ci95\", …} a task.")
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private final TokenModel tokens = new TokenModel();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final BatchOption batch = new BatchOption();

    @Option(
            names = "--tasks",
            paramLabel = "A,B",
            required = true,
            split = ",",
            description = "names of evaluation tasks; 'caravan tasks' lists them")
    private List<String> tasks = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "only the first N items of each task")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--task-data",
            paramLabel = "FILE",
            description = "the items of a task that are not part of Caravan")
    private Optional<String> taskData = Optional.empty();

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "at which answers are drawn; 0 takes the likeliest token (default: ${DEFAULT-VALUE})")
    private double temperature = 0;

    @Option(names = "--max-tokens", paramLabel = "N", description = "tokens of an answer (default: ${DEFAULT-VALUE})")
    private int maxTokens = 512;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "write each task's answers and verdicts to DIR/TASK.jsonl")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() {
        requireInRange();
        List<EvalTask> loaded = tasks.stream().map(this::task).toList();
        var source = new LoadedModel(tokens.path(), tokens.contract());
        try (var model = CausalLm.open(source.path(), engine.start());
                var live = LiveLine.onStandardError()) {
            live.begin("evaluate");
            int size = batch.size(model.config(), maxTokens);
            for (EvalTask task : loaded) {
                new Evaluation(List.of(task), List.of(temperature), maxTokens, size, seed.seed())
                        .of(
                                tokens.name(),
                                source,
                                model,
                                List.of(),
                                live,
                                Interrupt.NEVER,
                                (_, _, rollouts) -> out.ifPresent(folder -> write(
                                        folder,
                                        task,
                                        rollouts.stream().map(TaskScore::line).toList())))
                        .forEach(score -> System.out.println(Json.write(row(score))));
            }
        }
        return 0;
    }

    private void requireInRange() {
        if (maxTokens < 1) throw new RecipeException("--max-tokens must be positive, got " + maxTokens);
        if (!(temperature >= 0)) throw new RecipeException("--temperature must not be negative, got " + temperature);
        if (taskData.isPresent() && tasks.stream().allMatch(EvaluateCommand::isBuiltIn)) {
            throw new RecipeException("--task-data: the items of " + String.join(", ", tasks) + " are part of Caravan");
        }
        limit.filter(items -> items < 1).ifPresent(items -> {
            throw new RecipeException("--limit must be positive, got " + items);
        });
    }

    private static boolean isBuiltIn(String task) {
        return TaskRegistry.named(task).source().builtIn();
    }

    private EvalTask task(String name) {
        EvalTask task = TaskRegistry.load(name, isBuiltIn(name) ? Optional.empty() : taskData);
        return limit.map(task::limitedTo).orElse(task);
    }

    private static void write(Path folder, EvalTask task, List<?> lines) {
        var store = new Store();
        store.createFolder(folder);
        JsonLines.write(store, folder.resolve(task.name() + ".jsonl"), lines.stream());
    }

    private ObjectNode row(TaskScore score) {
        ObjectNode row = Json.mapper()
                .createObjectNode()
                .put("task", score.task().name())
                .put("version", score.task().version())
                .put("metric", score.task().metric());
        var estimate = score.estimate();
        if (estimate.n() > 0) {
            row.put("score", estimate.mean());
            row.putArray("ci95").add(estimate.low()).add(estimate.high());
        } else {
            row.putNull("score").putNull("ci95");
        }
        return row.put("n", estimate.n())
                .put("unverifiable", score.items().length - estimate.n())
                .put("temperature", temperature);
    }
}

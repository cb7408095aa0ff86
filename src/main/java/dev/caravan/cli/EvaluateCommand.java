package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.eval.AnswerFile;
import dev.caravan.eval.EvalTask;
import dev.caravan.eval.Evaluator;
import dev.caravan.eval.ItemResult;
import dev.caravan.eval.LocalModel;
import dev.caravan.eval.Scoring;
import dev.caravan.eval.TaskData;
import dev.caravan.eval.TaskRegistry;
import dev.caravan.eval.TaskScore;
import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import dev.caravan.io.Store;
import dev.caravan.model.CausalLm;
import dev.caravan.tensor.Precision;
import java.nio.file.Files;
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
    private static final int CHOICES_AT_A_TIME = 1;

    @Mixin
    private final TokenModel tokens = new TokenModel();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final BatchOption batch = new BatchOption();

    @Mixin
    private final TaskOptions options = new TaskOptions();

    @Option(
            names = "--tasks",
            paramLabel = "A,B",
            required = true,
            split = ",",
            description = "names of evaluation tasks, of sub-tasks (TASK:SUBTASK), of suites, or task files;"
                    + " 'caravan tasks' lists them")
    private List<String> tasks = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "only the first N items of each task")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--task-data",
            paramLabel = "[NAME=]PATH",
            split = ",",
            description = "the file or folder of a task's items that are not part of Caravan, or a folder with a"
                    + " folder for each task")
    private List<String> taskData = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "write each task's answers and verdicts to DIR/TASK.jsonl; answers found there are used")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--compare",
            paramLabel = "RUN",
            description = "the --out folder of another model: adds the difference to it on the same items, its"
                    + " interval and its p-value")
    private Optional<Path> compare = Optional.empty();

    @Override
    public Integer call() {
        requireInRange();
        List<EvalTask> loaded =
                TaskRegistry.expanded(tasks).stream().map(this::task).toList();
        compare.ifPresent(run -> requireAnswers(run, loaded));
        Precision precision = engine.start();
        try (var stop = StopRequest.listen();
                var model = CausalLm.open(tokens.path(), precision);
                var live = LiveLine.onStandardError()) {
            for (EvalTask task : loaded) {
                live.begin(task.name());
                var local = new LocalModel(
                        tokens.name(), model, tokens.contract(), fingerprint(precision), batch(model, task));
                var evaluator = new Evaluator(local, seed.seed(), live, stop::requested);
                System.out.println(Json.write(row(score(evaluator, task))));
            }
        }
        return 0;
    }

    private TaskScore score(Evaluator evaluator, EvalTask task) {
        if (out.isEmpty()) return score(task, evaluator.results(task));
        var store = new Store();
        store.createFolder(out.get());
        try (var answers = AnswerFile.open(store, file(out.get(), task))) {
            return score(task, evaluator.results(task, Optional.of(answers)));
        }
    }

    private TaskScore score(EvalTask task, List<ItemResult> results) {
        return TaskScore.of(tokens.name(), task, 0, results, List.of(), seed.seed());
    }

    private static Path file(Path folder, EvalTask task) {
        return folder.resolve(task.fileName() + ".jsonl");
    }

    /// What answers depend on beside the item; weights are read whole only where answers are kept.
    private String fingerprint(Precision precision) {
        String weights = out.isPresent() ? Sha256.of(tokens.path()) : "";
        return String.join(
                "\n", weights, precision.label(), tokens.contract().template().source());
    }

    private int batch(CausalLm model, EvalTask task) {
        return task.definition().scoring() instanceof Scoring.GenerationScoring generation
                ? batch.size(model.config(), generation.maxTokens())
                : CHOICES_AT_A_TIME;
    }

    private void requireInRange() {
        if (!taskData.isEmpty() && TaskRegistry.expanded(tasks).stream().allMatch(EvaluateCommand::isBuiltIn)) {
            throw new RecipeException("--task-data: the items of " + String.join(", ", tasks) + " are part of Caravan");
        }
        limit.filter(items -> items < 1).ifPresent(items -> {
            throw new RecipeException("--limit must be positive, got " + items);
        });
    }

    private static boolean isBuiltIn(String task) {
        return TaskRegistry.named(task).source().builtIn();
    }

    private static void requireAnswers(Path run, List<EvalTask> tasks) {
        for (EvalTask task : tasks) {
            if (!Files.isReadable(file(run, task))) {
                throw new RecipeException("--compare: there is no %s; evaluate the other model with --out %s first"
                        .formatted(file(run, task), run));
            }
        }
    }

    private EvalTask task(String name) {
        EvalTask task = TaskRegistry.load(name, TaskData.of(taskData), options.settings());
        return limit.map(task::limitedTo).orElse(task);
    }

    private ObjectNode row(TaskScore score) {
        var definition = score.task().definition();
        ObjectNode row = Json.mapper()
                .createObjectNode()
                .put("task", score.task().name())
                .put("version", definition.version())
                .put("metric", definition.metric());
        var estimate = score.estimate();
        if (estimate.n() > 0) {
            row.put("score", estimate.mean());
            row.putArray("ci95").add(estimate.low()).add(estimate.high());
        } else {
            row.putNull("score").putNull("ci95");
        }
        row.put("n", estimate.n()).put("unverifiable", score.unverifiable());
        if (definition.scoring() instanceof Scoring.GenerationScoring generation) {
            row.put("temperature", generation.temperature());
        }
        compare.ifPresent(run -> putComparison(row, score, run));
        return row;
    }

    private void putComparison(ObjectNode row, TaskScore score, Path run) {
        var comparison = score.comparedWith(AnswerFile.scores(file(run, score.task())), seed.seed());
        var difference = comparison.difference();
        row.put("paired", difference.n());
        if (difference.n() == 0) return;
        row.put("difference", difference.mean());
        row.putArray("difference_ci95").add(difference.low()).add(difference.high());
        row.put("p_value", comparison.pValue());
    }
}

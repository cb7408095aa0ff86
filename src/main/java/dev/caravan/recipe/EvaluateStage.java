package dev.caravan.recipe;

import dev.caravan.RecipeException;
import dev.caravan.config.Default;
import dev.caravan.eval.AnswerFile;
import dev.caravan.eval.EvalTask;
import dev.caravan.eval.Evaluator;
import dev.caravan.eval.ItemResult;
import dev.caravan.eval.TaskData;
import dev.caravan.eval.TaskRegistry;
import dev.caravan.eval.TaskScore;
import dev.caravan.eval.TaskSettings;
import dev.caravan.generate.LocalModel;
import dev.caravan.generate.Watch;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Scores models on evaluation tasks, with bootstrap intervals, and each model against the one before it in the
/// list, item by item.
///
/// @param out the stage's name
/// @param models in the order in which they were made
/// @param tasks names of evaluation tasks, of their sub-tasks (`bbh:navigate`), and of suites
/// @param taskData the file, or the folder of files, with the items of tasks that are not built in
/// @param temperatures at which answers are drawn, each a row of the table; 0 is greedy; absent: each task's own
/// @param limit only the first items of each task
/// @param maxTokens tokens of an answer at most; absent: each task's own
/// @param template how messages become text: `own`, `tulu` or a file
/// @param batch answers written at a time; changes speed and memory
public record EvaluateStage(
        String out,
        List<Reference> models,
        List<String> tasks,
        Optional<Reference> taskData,
        @Default("[]") List<Double> temperatures,
        Optional<Integer> limit,
        Optional<Integer> maxTokens,
        @Default("own") String template,
        @Default("64") int batch)
        implements Stage {
    public EvaluateStage {
        if (models.isEmpty() || tasks.isEmpty()) {
            throw new IllegalArgumentException("an evaluate stage needs at least one of models and tasks");
        }
        TaskRegistry.expanded(tasks).forEach(EvaluateStage::requireTaskWithoutJudge);
        limit.ifPresent(items -> Rules.positive("limit", items));
        maxTokens.ifPresent(tokens -> Rules.positive("max_tokens", tokens));
        Rules.positive("batch", batch);
    }

    private static void requireTaskWithoutJudge(String task) {
        requireTask(task);
        if (TaskRegistry.named(task).needsJudge()) {
            throw new IllegalArgumentException(
                    "task '%s' is decided by a judge, which a stage has not; use caravan evaluate --judge"
                            .formatted(task));
        }
    }

    /// @throws IllegalArgumentException when there is no such task
    static void requireTask(String task) {
        try {
            TaskRegistry.named(task);
        } catch (RecipeException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    @Override
    public List<Input> inputs() {
        var inputs = new ArrayList<Input>();
        for (int i = 0; i < models.size(); i++) {
            inputs.add(model(i));
        }
        taskData.ifPresent(reference -> inputs.add(new Input("task_data", reference, Artifact.CONVERSATIONS)));
        return inputs;
    }

    private Input model(int i) {
        return new Input("models[" + i + "]", models.get(i), Artifact.MODEL);
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.SCORES);
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void run(StageRun run) {
        var precision = Engines.start(run);
        TaskData data = taskData.map(r -> TaskData.of(run.input(new Input("task_data", r, Artifact.CONVERSATIONS))))
                .orElse(TaskData.NONE);
        List<EvalTask> asked = TaskRegistry.expanded(tasks).stream()
                .flatMap(name -> settings().stream().map(settings -> TaskRegistry.load(name, data, settings)))
                .map(task -> limit.map(task::limitedTo).orElse(task))
                .toList();
        var scores = new ArrayList<TaskScore>();
        for (int i = 0; i < models.size(); i++) {
            String name = models.get(i).text();
            var source = LoadedModel.open(run.input(model(i)), template);
            try (var model = new LocalModel(name, source.frozen(precision), source.contract(), batch)) {
                var evaluator = new Evaluator(model, name, run.seed(), new Watch(run.progress(), run.interrupt()));
                for (EvalTask task : asked) {
                    run.progress().say("evaluates " + name + " on " + task.name() + mode(task));
                    List<ItemResult> results = evaluator.results(task);
                    write(run, name, task, results);
                    scores.add(TaskScore.of(name, task, temperature(task), results, List.copyOf(scores), run.seed()));
                }
            }
        }
        run.counts().out(scores.size());
        run.store()
                .write(
                        run.folder().resolve(Artifact.SCORES.file()),
                        Json.mapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(
                                        scores.stream().map(TaskScore::row).toList()));
    }

    /// One for each temperature.
    private List<TaskSettings> settings() {
        List<Optional<Double>> each = temperatures.isEmpty()
                ? List.of(Optional.empty())
                : temperatures.stream().map(Optional::of).toList();
        return each.stream().map(this::settings).toList();
    }

    private TaskSettings settings(Optional<Double> temperature) {
        return new TaskSettings(
                temperature,
                maxTokens.map(OptionalInt::of).orElse(OptionalInt.empty()),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static double temperature(EvalTask task) {
        return task.definition()
                .scoring()
                .writing()
                .map(writing -> writing.sampling().temperature())
                .orElse(0.0);
    }

    private static String mode(EvalTask task) {
        return task.definition()
                .scoring()
                .writing()
                .map(writing -> ", " + TaskScore.mode(writing.sampling().temperature()))
                .orElse("");
    }

    private static void write(StageRun run, String model, EvalTask task, List<ItemResult> results) {
        String file = "%s.%s%s.jsonl"
                .formatted(
                        model.replaceAll("[^A-Za-z0-9._-]+", "-"),
                        task.fileName(),
                        temperature(task) == 0 ? "" : ".T" + temperature(task));
        JsonLines.write(
                run.store(), run.folder().resolve(file), results.stream().map(AnswerFile::line));
    }
}

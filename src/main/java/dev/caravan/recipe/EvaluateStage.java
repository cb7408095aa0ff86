package dev.caravan.recipe;

import dev.caravan.RecipeException;
import dev.caravan.config.Default;
import dev.caravan.data.Rollout;
import dev.caravan.eval.EvalTask;
import dev.caravan.eval.TaskRegistry;
import dev.caravan.eval.TaskScore;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Scores models on evaluation tasks, with bootstrap intervals, and each model against the one before it in the list,
/// item by item.
///
/// @param out the stage's name
/// @param models in the order in which they were made
/// @param tasks names of evaluation tasks
/// @param taskData the file with the items of tasks that are not built in
/// @param temperatures at which answers are drawn, each a row of the table; 0 is greedy
/// @param limit only the first items of each task
/// @param maxTokens tokens of an answer at most
/// @param template how messages become text: `own`, `tulu` or a file
/// @param batch answers written at a time; changes speed and memory
public record EvaluateStage(
        String out,
        List<Reference> models,
        List<String> tasks,
        Optional<Reference> taskData,
        @Default("[0]") List<Double> temperatures,
        Optional<Integer> limit,
        @Default("512") int maxTokens,
        @Default("own") String template,
        @Default("64") int batch)
        implements Stage {
    public EvaluateStage {
        if (models.isEmpty() || tasks.isEmpty() || temperatures.isEmpty()) {
            throw new IllegalArgumentException(
                    "an evaluate stage needs at least one of models, tasks and temperatures");
        }
        tasks.forEach(EvaluateStage::requireTask);
        limit.ifPresent(items -> Rules.positive("limit", items));
        Rules.positive("max_tokens", maxTokens);
        Rules.positive("batch", batch);
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
        return 1;
    }

    @Override
    public void run(StageRun run) {
        var precision = Engines.start(run);
        Optional<String> items = taskData.map(r ->
                run.input(new Input("task_data", r, Artifact.CONVERSATIONS)).toString());
        var evaluation = new Evaluation(tasks(items), temperatures, maxTokens, batch, run.seed());
        var scores = new ArrayList<TaskScore>();
        for (int i = 0; i < models.size(); i++) {
            String name = models.get(i).text();
            var source = LoadedModel.open(run.input(model(i)), template);
            try (var model = source.frozen(precision)) {
                scores.addAll(evaluation.of(
                        name,
                        source,
                        model,
                        List.copyOf(scores),
                        run.progress(),
                        run.interrupt(),
                        (task, temperature, rollouts) -> write(run, name, task, temperature, rollouts)));
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

    private List<EvalTask> tasks(Optional<String> items) {
        return tasks.stream()
                .map(name -> TaskRegistry.load(name, items))
                .map(task -> limit.map(task::limitedTo).orElse(task))
                .toList();
    }

    private static void write(StageRun run, String model, EvalTask task, double temperature, List<Rollout> rollouts) {
        String file = "%s.%s%s.jsonl"
                .formatted(
                        model.replaceAll("[^A-Za-z0-9._-]+", "-"),
                        task.name(),
                        temperature == 0 ? "" : ".T" + temperature);
        JsonLines.write(
                run.store(), run.folder().resolve(file), rollouts.stream().map(TaskScore::line));
    }
}

package dev.caravan.recipe;

import dev.caravan.RecipeException;
import dev.caravan.config.Default;
import dev.caravan.eval.AnswerFile;
import dev.caravan.eval.EvalTask;
import dev.caravan.eval.Evaluator;
import dev.caravan.eval.ItemResult;
import dev.caravan.eval.Judging;
import dev.caravan.eval.Suite;
import dev.caravan.eval.SuiteScore;
import dev.caravan.eval.TaskData;
import dev.caravan.eval.TaskList;
import dev.caravan.eval.TaskRegistry;
import dev.caravan.eval.TaskScore;
import dev.caravan.eval.TaskSettings;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.KeptModel;
import dev.caravan.generate.LocalModel;
import dev.caravan.generate.Watch;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import dev.caravan.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Scores models on evaluation tasks, with bootstrap intervals, and each model against the one before it in the
/// list, item by item.
///
/// @param out the stage's name
/// @param models in the order in which they were made
/// @param tasks names of evaluation tasks, of sub-tasks (`bbh:navigate`), and of suites, which add their mean
/// @param taskData the file, or the folder of files, with the items of tasks that are not built in
/// @param temperatures at which answers are drawn, each a row of the table; 0 is greedy; absent: each task's own
/// @param judge who decides preferences, and whether answers refuse in place of words; absent: only verifiers do
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
        Optional<EvaluationJudge> judge,
        Optional<Integer> limit,
        Optional<Integer> maxTokens,
        @Default("own") String template,
        @Default("64") int batch)
        implements Stage {
    private static final Optional<Judging> NOBODY = Optional.empty();

    public EvaluateStage {
        if (models.isEmpty() || tasks.isEmpty()) {
            throw new IllegalArgumentException("an evaluate stage needs at least one of models and tasks");
        }
        requireTasks(TaskRegistry.expanded(tasks), judge.isPresent());
        limit.ifPresent(items -> Rules.positive("limit", items));
        maxTokens.ifPresent(tokens -> Rules.positive("max_tokens", tokens));
        Rules.positive("batch", batch);
    }

    private static void requireTasks(List<String> tasks, boolean judged) {
        tasks.forEach(EvaluateStage::requireTask);
        List<String> undecided = tasks.stream()
                .filter(task -> TaskRegistry.named(task).needsJudge())
                .toList();
        if (!judged && !undecided.isEmpty()) {
            throw new IllegalArgumentException(
                    "judge is missing, and nobody else can decide %s; name a model or an endpoint, or leave that task out"
                            .formatted(String.join(", ", undecided)));
        }
        if (judged && tasks.stream().noneMatch(task -> TaskRegistry.named(task).mayHaveJudge())) {
            throw new IllegalArgumentException(
                    "judge is given, but none of %s is decided by one; leave it out".formatted(tasks));
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
        judge.map(EvaluationJudge::inputs).ifPresent(inputs::addAll);
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
    public boolean asksVerifiers() {
        return true;
    }

    @Override
    public int version() {
        return 4;
    }

    @Override
    public void run(StageRun run) {
        TaskData data = taskData.map(r -> TaskData.of(run.input(new Input("task_data", r, Artifact.CONVERSATIONS))))
                .orElse(TaskData.NONE);
        TaskList list = TaskList.of(tasks, data);
        list.gap().ifPresent(run.progress()::say);
        List<EvalTask> asked = asked(list, data);
        List<TaskScore> scores = judge.map(one -> judged(run, asked, one)).orElseGet(() -> scores(run, asked, NOBODY));
        run.counts().out(scores.size());
        run.store()
                .write(
                        run.folder().resolve(Artifact.SCORES.file()),
                        Json.mapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(Stream.concat(
                                                scores.stream().map(TaskScore::row),
                                                means(list.suites(), scores, run.seed()))
                                        .toList()));
    }

    /// Of each suite, a row a model and temperature.
    private Stream<Map<String, Object>> means(List<Suite> suites, List<TaskScore> scores, long seed) {
        int modes = settings().size();
        int tasksOfModel = scores.size() / models.size();
        return suites.stream()
                .flatMap(suite -> IntStream.range(0, models.size() * modes).mapToObj(i -> {
                    int first = i / modes * tasksOfModel + i % modes;
                    List<TaskScore> alike = IntStream.range(0, tasksOfModel / modes)
                            .mapToObj(task -> scores.get(first + task * modes))
                            .toList();
                    return SuiteScore.of(suite, alike, seed).map(score -> row(score, i % modes));
                }))
                .flatMap(Optional::stream);
    }

    private Map<String, Object> row(SuiteScore score, int mode) {
        Map<String, Object> row = score.row();
        if (!temperatures.isEmpty()) row.put("metric", score.metric() + ", " + TaskScore.mode(temperatures.get(mode)));
        return row;
    }

    private List<EvalTask> asked(TaskList list, TaskData data) {
        return list.tasks().stream()
                .flatMap(name -> settings().stream().map(settings -> TaskRegistry.load(name, data, settings)))
                .map(task -> limit.map(task::limitedTo).orElse(task))
                .toList();
    }

    private List<TaskScore> judged(StageRun run, List<EvalTask> asked, EvaluationJudge by) {
        Judging judging = by.open(run);
        try (ChatModel open = judging.model()) {
            List<TaskScore> scores = scores(run, asked, Optional.of(judging));
            open.numbers().forEach((name, number) -> run.counts().note("judge: " + name, number.longValue()));
            return scores;
        }
    }

    private List<TaskScore> scores(StageRun run, List<EvalTask> asked, Optional<Judging> judging) {
        var precision = Engines.start(run);
        var scores = new ArrayList<TaskScore>();
        for (int i = 0; i < models.size(); i++) {
            String name = models.get(i).text();
            try (ChatModel model = open(run, i, precision)) {
                var watch = new Watch(run.progress(), run.interrupt());
                var evaluator = new Evaluator(model, name, run.seed(), watch, judging);
                for (EvalTask task : asked) {
                    run.progress().say("evaluates " + name + " on " + task.name() + mode(task));
                    List<ItemResult> results = evaluator.results(task);
                    write(run, name, task, results);
                    scores.add(TaskScore.of(name, task, temperature(task), results, List.copyOf(scores), run.seed()));
                }
            }
        }
        return scores;
    }

    /// A model whose answers a killed run has not to ask for again.
    private ChatModel open(StageRun run, int number, Precision precision) {
        var source = LoadedModel.open(run.input(model(number)), template);
        String name = models.get(number).text();
        var model = new LocalModel(name, source.frozen(precision), source.contract(), batch);
        Path kept = run.scratch().resolve("answers-models-%d.jsonl".formatted(number));
        return new KeptModel(model, run.store(), kept, Answering.KEPT_BATCHES * batch, true);
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

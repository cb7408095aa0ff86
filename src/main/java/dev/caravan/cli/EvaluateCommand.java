package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.eval.AnswerFile;
import dev.caravan.eval.EvalItem;
import dev.caravan.eval.EvalPrompt;
import dev.caravan.eval.EvalTask;
import dev.caravan.eval.Evaluator;
import dev.caravan.eval.ItemResult;
import dev.caravan.eval.Scoring;
import dev.caravan.eval.SuiteScore;
import dev.caravan.eval.TaskData;
import dev.caravan.eval.TaskList;
import dev.caravan.eval.TaskRegistry;
import dev.caravan.eval.TaskScore;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Watch;
import dev.caravan.io.Json;
import dev.caravan.io.Store;
import dev.caravan.judge.PreferenceJudge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `caravan evaluate`: the scores of a model on evaluation tasks.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description =
                "Score a model on evaluation tasks: a line {\"task\", \"metric\", \"score\", \"ci95\", …} a task, and"
                        + " behind them one a suite, with the mean of its rows.")
final class EvaluateCommand implements Callable<Integer> {
    @Option(names = "--model", paramLabel = "M", description = "a model's folder, a GGUF file, or hf:org/name@revision")
    private Optional<String> model = Optional.empty();

    @Option(names = "--endpoint", paramLabel = "URL", description = "an OpenAI-compatible server, in place of a model")
    private Optional<String> endpoint = Optional.empty();

    @Mixin
    private final ChatModelOptions models = new ChatModelOptions();

    @Mixin
    private final AnswersOption answers = new AnswersOption();

    @Mixin
    private final SeedOption seed = new SeedOption();

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

    @Mixin
    private final EvaluationJudgeOptions judge = new EvaluationJudgeOptions();

    @Override
    public Integer call() {
        requireInRange();
        String who = ChatModelOptions.either(model, endpoint);
        TaskList list = TaskList.of(tasks, TaskData.of(taskData));
        List<EvalTask> loaded = list.tasks().stream().map(this::task).toList();
        if (endpoint.isPresent()) requireTexts(loaded);
        judge.require(loaded);
        compare.ifPresent(run -> requireAnswers(run, loaded));
        return answers.keeping(
                who, out.map(folder -> folder.resolve("endpoint")), kept -> evaluate(who, kept, list, loaded));
    }

    private int evaluate(String who, Path kept, TaskList list, List<EvalTask> loaded) {
        try (var stop = StopRequest.listen();
                var asked = models.open(who, new Store(), kept);
                var live = LiveLine.onStandardError()) {
            list.gap().ifPresent(live::say);
            String fingerprint = models.fingerprint(who, asked, out.isPresent());
            var watch = new Watch(live, stop::requested);
            try {
                judge.with(out, judging -> {
                    var evaluator = new Evaluator(asked, fingerprint, seed.seed(), watch, judging);
                    List<TaskScore> scores = loaded.stream()
                            .map(task -> scored(evaluator, task, live))
                            .toList();
                    list.suites()
                            .forEach(suite ->
                                    SuiteScore.of(suite, scores, seed.seed()).ifPresent(score -> print(score.line())));
                });
            } finally {
                if (endpoint.isPresent()) tell(asked, kept, live);
            }
        }
        return 0;
    }

    private TaskScore scored(Evaluator evaluator, EvalTask task, LiveLine live) {
        live.begin(task.name());
        if (endpoint.isPresent()) opening(task).ifPresent(live::say);
        TaskScore score = score(evaluator, task);
        print(row(score));
        return score;
    }

    private static void print(Object line) {
        System.out.println(Json.write(line));
        System.out.flush();
    }

    /// A warning where the server must go on with what the assistant has begun to say.
    private static Optional<String> opening(EvalTask task) {
        return task.items().stream()
                .map(EvalItem::prompt)
                .filter(prompt -> prompt instanceof EvalPrompt.Chat chat
                        && !chat.opening().isEmpty())
                .findFirst()
                .map(prompt ->
                        ("%s begins the assistant's turn with '%s', and the server must go on from there, as vLLM,"
                                        + " SGLang and llama.cpp do; others answer anew, and may score less")
                                .formatted(
                                        task.name(),
                                        ((EvalPrompt.Chat) prompt)
                                                .opening()
                                                .lines()
                                                .findFirst()
                                                .orElse("")));
    }

    /// What an endpoint was asked and how it went, failures by kind.
    private static void tell(ChatModel asked, Path kept, LiveLine live) {
        String numbers = asked.numbers().entrySet().stream()
                .map(number -> number.getKey().replace('_', ' ') + " " + number.getValue())
                .collect(Collectors.joining(", "));
        live.say("%s: %s; all answers are kept in %s, delete it to ask anew".formatted(asked.name(), numbers, kept));
    }

    private TaskScore score(Evaluator evaluator, EvalTask task) {
        String name = evaluator.model().name();
        if (out.isEmpty()) return score(name, task, evaluator.results(task));
        var store = new Store();
        store.createFolder(out.get());
        try (var file = AnswerFile.open(store, file(out.get(), task))) {
            return score(name, task, evaluator.results(task, Optional.of(file)));
        }
    }

    private TaskScore score(String name, EvalTask task, List<ItemResult> results) {
        return TaskScore.of(name, task, 0, results, List.of(), seed.seed());
    }

    /// Refuses tasks that weigh what follows a chat, since an endpoint does not tell how it writes chats as text.
    private static void requireTexts(List<EvalTask> tasks) {
        List<String> chats = tasks.stream()
                .filter(task -> task.definition().scoring() instanceof Scoring.ChoiceScoring)
                .filter(task -> task.items().stream().anyMatch(item -> item.prompt() instanceof EvalPrompt.Chat))
                .map(EvalTask::name)
                .toList();
        if (chats.isEmpty()) return;
        throw new RecipeException(
                ("%s: needs log-probabilities of answers in a chat, and an endpoint tells those of plain text only; ask"
                                + " it with --format plain, or evaluate a model of this machine (--model M)")
                        .formatted(String.join(", ", chats)));
    }

    private static Path file(Path folder, EvalTask task) {
        return folder.resolve(task.fileName() + ".jsonl");
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
        score.lengthControlled().ifPresent(rate -> row.put("length_controlled", rate));
        if (!score.decidedBy().isEmpty()) row.putPOJO(PreferenceJudge.DECIDED_BY, score.decidedBy());
        definition
                .scoring()
                .writing()
                .ifPresent(writing -> row.put("temperature", writing.sampling().temperature()));
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

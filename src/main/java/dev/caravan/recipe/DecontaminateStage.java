package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.curate.DecontaminationRun;
import dev.caravan.curate.Decontaminator;
import dev.caravan.curate.Matcher;
import dev.caravan.curate.Policies;
import dev.caravan.curate.Screening;
import dev.caravan.curate.TestItem;
import dev.caravan.curate.TrainingRows;
import dev.caravan.data.Conversation;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import dev.caravan.eval.TaskData;
import dev.caravan.eval.TaskRegistry;
import dev.caravan.io.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Removes rows that repeat items of evaluation tasks; `removed.jsonl` has each with the item that it repeats,
/// `contamination.tsv` the share of each task that was found in each source, `report.json` the counts.
///
/// @param out the stage's name
/// @param data what is compared
/// @param rows which rows of it: `conversations`, `prompts`, `pairs`; the stage gives what it reads
/// @param against names of evaluation tasks, and of suites
/// @param files further test items, in files
/// @param taskData the file, or the folder of files, with the items of tasks that are not built in
/// @param method when a row overlaps with an item
/// @param datasetMatch share of a task's items above which a source counts as contaminated
/// @param turns which turns of a row are compared: `user` or `all`
/// @param policies what becomes of rows that overlap, and of contaminated sources
/// @param recheck compare what is left once more
public record DecontaminateStage(
        String out,
        Reference data,
        @Default("[conversations, prompts]") List<RowKind> rows,
        @Default("[]") List<String> against,
        @Default("[]") List<TestFile> files,
        Optional<Reference> taskData,
        @Default("{type: ngram}") Matcher method,
        @Default("0.02") double datasetMatch,
        @Default("user") Decontaminator.Turns turns,
        @Default("{}") Policies policies,
        @Default("true") boolean recheck)
        implements Stage {
    public DecontaminateStage {
        rows = List.copyOf(rows);
        if (rows.isEmpty() || Set.copyOf(rows).size() < rows.size()) {
            throw new IllegalArgumentException("rows must name kinds of rows, each once, got " + rows);
        }
        new Decontaminator(method, datasetMatch, turns);
        if (method instanceof Matcher.Embedding embedding) embedding.requireEmbedder();
        TaskRegistry.expanded(against).forEach(EvaluateStage::requireTask);
        if (against.isEmpty() && files.isEmpty()) {
            throw new IllegalArgumentException("against or files must name something to compare with");
        }
    }

    @Override
    public List<Input> inputs() {
        var inputs = new ArrayList<Input>();
        rows.forEach(kind -> inputs.add(input(kind)));
        taskData.ifPresent(reference -> inputs.add(taskData(reference)));
        IntStream.range(0, files.size()).mapToObj(this::testFile).forEach(inputs::add);
        return inputs;
    }

    private Input testFile(int number) {
        return new Input("files[" + number + "].data", files.get(number).data(), Artifact.CONVERSATIONS);
    }

    private Input input(RowKind kind) {
        return new Input("data", data, kind.artifact());
    }

    private static Input taskData(Reference reference) {
        return new Input("task_data", reference, Artifact.CONVERSATIONS);
    }

    @Override
    public Set<Artifact> gives() {
        return rows.stream().map(RowKind::artifact).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int version() {
        return 4;
    }

    @Override
    public void run(StageRun run) {
        var screening = new Screening(new Decontaminator(method, datasetMatch, turns), items(run));
        var decontamination = new DecontaminationRun(screening, policies);
        rows.forEach(kind -> decontamination.survey(training(kind, run.input(input(kind)))));
        run.store().write(file(run, "removed.jsonl"), removed -> {
            for (RowKind kind : rows) {
                var training = training(kind, run.input(input(kind)));
                run.store().write(clean(run, kind), clean -> decontamination.write(training, clean, removed));
            }
        });
        if (recheck) rows.forEach(kind -> decontamination.recheck(training(kind, clean(run, kind))));
        run.counts().in(decontamination.rows());
        run.counts().out(decontamination.clean());
        decontamination.reasons().forEach(run.counts()::reject);
        run.store()
                .write(file(run, "contamination.tsv"), decontamination.table().tsv());
        JsonLines.write(run.store(), file(run, "report.json"), Stream.of(decontamination.report()));
    }

    private List<TestItem> items(StageRun run) {
        TaskData data = taskData.map(reference -> TaskData.of(run.input(taskData(reference))))
                .orElse(TaskData.NONE);
        Stream<TestItem> ofTasks = TaskRegistry.expanded(against).stream()
                .flatMap(task -> TaskRegistry.protectedTexts(task, data).stream());
        Stream<TestItem> ofFiles = IntStream.range(0, files.size())
                .boxed()
                .flatMap(i -> files.get(i).items(run.input(testFile(i))).stream());
        return Stream.concat(ofTasks, ofFiles).toList();
    }

    private static TrainingRows<?> training(RowKind kind, Path file) {
        return switch (kind) {
            case CONVERSATIONS -> TrainingRows.conversations(() -> JsonLines.rows(file, Conversation.class));
            case PROMPTS -> TrainingRows.prompts(() -> JsonLines.rows(file, Prompt.class));
            case PAIRS -> TrainingRows.pairs(() -> JsonLines.rows(file, PreferencePair.class));
        };
    }

    private static Path clean(StageRun run, RowKind kind) {
        return file(run, kind.artifact().file());
    }

    private static Path file(StageRun run, String name) {
        return run.folder().resolve(name);
    }
}

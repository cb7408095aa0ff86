package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.curate.Contamination;
import dev.caravan.curate.Decontamination;
import dev.caravan.curate.Decontaminator;
import dev.caravan.curate.Removal;
import dev.caravan.curate.TestItem;
import dev.caravan.data.Conversation;
import dev.caravan.data.Prompt;
import dev.caravan.eval.TaskRegistry;
import dev.caravan.io.JsonLines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Removes rows that repeat items of evaluation tasks, by shared n-grams; `removed.jsonl` has each with the item that
/// it repeats, `contamination.tsv` the share of each task that was found in each source.
///
/// @param out the stage's name
/// @param data conversations and prompts
/// @param against names of evaluation tasks
/// @param taskData the file with the items of tasks that are not built in
/// @param n words of an n-gram
/// @param tokenMatch share of an item's words above which a row overlaps with it
/// @param datasetMatch share of a task's items above which a source counts as contaminated
/// @param turns which turns of a row are compared: `user` or `all`
public record DecontaminateStage(
        String out,
        Reference data,
        List<String> against,
        java.util.Optional<Reference> taskData,
        @Default("8") int n,
        @Default("0.5") double tokenMatch,
        @Default("0.02") double datasetMatch,
        @Default("user") Decontaminator.Turns turns)
        implements Stage {
    public DecontaminateStage {
        new Decontaminator(n, tokenMatch, datasetMatch, turns);
        against.forEach(EvaluateStage::requireTask);
    }

    @Override
    public List<Input> inputs() {
        var inputs = new java.util.ArrayList<>(List.of(conversations(), prompts()));
        taskData.ifPresent(reference -> inputs.add(new Input("task_data", reference, Artifact.CONVERSATIONS)));
        return inputs;
    }

    private Input conversations() {
        return new Input("data", data, Artifact.CONVERSATIONS);
    }

    private Input prompts() {
        return new Input("data", data, Artifact.PROMPTS);
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.CONVERSATIONS, Artifact.PROMPTS);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void run(StageRun run) {
        var taskFile = taskData.map(r ->
                run.input(new Input("task_data", r, Artifact.CONVERSATIONS)).toString());
        List<TestItem> items = against.stream()
                .flatMap(task -> TaskRegistry.load(task, taskFile).protectedTexts().stream())
                .toList();
        var rule = new Decontaminator(n, tokenMatch, datasetMatch, turns);
        Decontamination<Conversation> rows;
        Decontamination<Prompt> questions;
        try (Stream<Conversation> all = JsonLines.rows(run.input(conversations()), Conversation.class)) {
            rows = rule.conversations(all, items);
        }
        try (Stream<Prompt> all = JsonLines.rows(run.input(prompts()), Prompt.class)) {
            questions = rule.prompts(all, items);
        }
        run.counts().in(rows.in() + questions.in());
        run.counts().out(rows.kept().size() + questions.kept().size());
        write(run, Artifact.CONVERSATIONS.file(), rows.kept().stream());
        write(run, Artifact.PROMPTS.file(), questions.kept().stream());
        write(
                run,
                "removed.jsonl",
                Stream.concat(
                        rows.removed().stream().map(r -> line(run, r, Conversation::id)),
                        questions.removed().stream().map(r -> line(run, r, Prompt::id))));
        run.store()
                .write(
                        run.folder().resolve("contamination.tsv"),
                        "train\teval\titems\tmatched\tshare\n"
                                + Stream.concat(rows.table().stream(), questions.table().stream())
                                        .map(DecontaminateStage::line)
                                        .collect(Collectors.joining()));
    }

    private static void write(StageRun run, String file, Stream<?> rows) {
        JsonLines.write(run.store(), run.folder().resolve(file), rows);
    }

    private static <T> Map<String, Object> line(StageRun run, Removal<T> removal, Function<T, String> id) {
        run.counts().reject("repeats " + removal.item().task());
        var line = new LinkedHashMap<String, Object>();
        line.put("id", id.apply(removal.row()));
        line.put("filter", "decontaminate");
        line.put(
                "reason",
                "repeats %s of %s".formatted(removal.item().id(), removal.item().task()));
        line.put("test_id", removal.item().id());
        line.put("coverage", removal.overlap().coverage());
        line.put("spans", removal.overlap().spans());
        line.put("row", removal.row());
        return line;
    }

    private static String line(Contamination c) {
        return "%s\t%s\t%d\t%d\t%s\n"
                .formatted(c.source(), c.task(), c.items(), c.matched(), String.format(Locale.ROOT, "%.4f", c.share()));
    }
}

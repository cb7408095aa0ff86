package dev.caravan.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What evaluated models answered, with the verdicts.
///
/// @param bytes about how much to show
record ReportSamples(List<ReportRun> runs, long bytes) implements ReportSection {
    private static final int MOST_PER_FILE = 200;

    /// The answers of one model to one task.
    private record Answers(ReportRun run, String model, String task, Path file) {}

    @Override
    public String id() {
        return "samples";
    }

    @Override
    public String title() {
        return "Samples";
    }

    @Override
    public boolean isEmpty() {
        return answers().isEmpty();
    }

    @Override
    public void write(ReportHtml html) {
        List<Answers> files = answers();
        var items = new ArrayList<ReportBrowser.Item>();
        long total = 0;
        for (Answers answers : files) {
            ReportRows rows = ReportRows.rows(answers.file(), MOST_PER_FILE, bytes / files.size());
            total += rows.total();
            rows.flat().forEach(row -> items.add(item(answers, row)));
        }
        List<String> facets = List.of("Model", "Task", "Verdict");
        String shown = ReportPage.shown(items.size(), total, "answers");
        new ReportBrowser(facets, items, shown).write(html);
    }

    /// The file of an answer is named `MODEL.TASK.jsonl`; `scores.json` beside it marks the stage as an evaluation.
    private List<Answers> answers() {
        var answers = new ArrayList<Answers>();
        for (ReportRun run : runs) {
            run.stages().stream()
                    .filter(stage -> stage.file("scores.json").isPresent())
                    .forEach(stage -> {
                        for (Path file : stage.files(".jsonl")) {
                            String name = file.getFileName().toString().replaceFirst("\\.jsonl$", "");
                            int dot = name.indexOf('.');
                            String model = dot < 0 ? stage.name() : name.substring(0, dot);
                            answers.add(new Answers(run, model, name.substring(dot + 1), file));
                        }
                    });
        }
        return answers;
    }

    private ReportBrowser.Item item(Answers answers, JsonNode row) {
        String verdict = ReportJson.text(row, "verdict");
        String prompt = ReportJson.conversation(row.path("prompt"));
        String model = runs.size() == 1 ? answers.model() : answers.run().name() + "/" + answers.model();
        return new ReportBrowser.Item(
                List.of(model, answers.task(), verdict),
                verdict,
                verdict,
                model + " · " + answers.task(),
                ReportPage.headline(prompt),
                html -> body(html, row, prompt));
    }

    private static void body(ReportHtml html, JsonNode row, String prompt) {
        ReportBrowser.block(html, "Prompt", prompt);
        ReportBrowser.block(html, "Completion", ReportJson.text(row, "completion"));
        ReportBrowser.facts(
                html,
                "Extracted",
                ReportJson.text(row, "extracted"),
                "Expected",
                ReportJson.text(row, "expected"),
                "Score",
                ReportJson.text(row, "score"),
                "Because",
                ReportJson.text(row, "because"),
                "Row",
                ReportJson.text(row, "id"));
    }
}

package dev.caravan.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the policy wrote while it learnt by reinforcement: one entry a prompt and step, with all its completions.
///
/// @param bytes about how much to show
record ReportRollouts(List<ReportRun> runs, long bytes) implements ReportSection {
    private static final int MOST_GROUPS = 160;

    private record Log(ReportRun run, ReportRun.Stage stage, Path file) {}

    @Override
    public String id() {
        return "rollouts";
    }

    @Override
    public String title() {
        return "Rollouts";
    }

    @Override
    public boolean isEmpty() {
        return logs().isEmpty();
    }

    @Override
    public void write(ReportHtml html) {
        List<Log> logs = logs();
        var items = new ArrayList<ReportBrowser.Item>();
        long total = 0;
        for (Log log : logs) {
            ReportRows rows = ReportRows.groups(log.file(), ReportRollouts::prompt, MOST_GROUPS, bytes / logs.size());
            total += rows.total();
            rows.groups().forEach(group -> items.add(item(log, group)));
        }
        List<String> facets = List.of("Stage", "Step", "Outcome");
        String shown = ReportPage.shown(items.size(), total, "prompts");
        new ReportBrowser(facets, items, shown).write(html);
    }

    private List<Log> logs() {
        var logs = new ArrayList<Log>();
        runs.forEach(run -> run.stages()
                .forEach(stage -> stage.file("rollouts.jsonl").ifPresent(file -> logs.add(new Log(run, stage, file)))));
        return logs;
    }

    private record StepAndPrompt(String step, String id, String prompt) {}

    private static Object prompt(JsonNode row) {
        return new StepAndPrompt(
                ReportJson.text(row, "step"), ReportJson.text(row, "id"), ReportJson.text(row, "prompt"));
    }

    private ReportBrowser.Item item(Log log, List<JsonNode> group) {
        JsonNode first = group.getFirst();
        String stage = runs.size() == 1
                ? log.stage().name()
                : log.run().name() + "/" + log.stage().name();
        String step = ReportJson.text(first, "step");
        long correct = group.stream()
                .filter(row -> ReportJson.text(row, "verdict").equals("correct"))
                .count();
        double reward = group.stream()
                .mapToDouble(row -> ReportJson.number(row, "reward").orElse(0))
                .average()
                .orElse(0);
        return new ReportBrowser.Item(
                List.of(stage, step, outcome(correct, group.size())),
                correct == group.size() ? "correct" : correct == 0 ? "wrong" : "partial",
                correct + " of " + group.size(),
                "step " + step + " · mean reward " + ChartNumbers.compact(reward),
                ReportPage.headline(ReportJson.conversation(first.path("prompt"))),
                html -> body(html, group));
    }

    private static String outcome(long correct, int completions) {
        return correct == completions ? "all correct" : correct == 0 ? "none correct" : "some correct";
    }

    private static void body(ReportHtml html, List<JsonNode> group) {
        ReportBrowser.block(
                html, "Prompt", ReportJson.conversation(group.getFirst().path("prompt")));
        for (JsonNode row : group) {
            html.open("h4");
            String verdict = ReportJson.text(row, "verdict");
            ReportBrowser.badge(html, verdict, verdict);
            html.text("reward " + reward(row)).close();
            html.leaf("pre", ReportPage.cut(ReportJson.text(row, "completion"), 4000));
            ReportBrowser.facts(
                    html,
                    "Because",
                    ReportJson.text(row, "because"),
                    "Largest log-prob difference to training",
                    ReportJson.text(row, "logprob_difference"));
        }
    }

    private static String reward(JsonNode row) {
        return ReportJson.number(row, "reward").stream()
                .mapToObj(ChartNumbers::compact)
                .findFirst()
                .orElse("–");
    }
}

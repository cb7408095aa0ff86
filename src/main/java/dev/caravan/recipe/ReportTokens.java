package dev.caravan.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What is trained and what is not, token by token: the colour tells who wrote a token, the filled ground that the
/// loss counts it.
///
/// @param bytes about how much to show
record ReportTokens(List<ReportRun> runs, long bytes) implements ReportSection {
    private static final int MOST_ROWS = 8;
    private static final int MOST_TOKENS = 1500;
    private static final List<String> OWNERS = List.of("template", "system", "user", "assistant");

    @Override
    public String id() {
        return "tokens";
    }

    @Override
    public String title() {
        return "What is trained";
    }

    @Override
    public boolean isEmpty() {
        return runs.stream().allMatch(run -> withTokens(run).isEmpty());
    }

    @Override
    public void write(ReportHtml html) {
        html.leaf(
                "p",
                "Every token as the trainer sees it. The colour says who wrote it; the loss counts the strong, underlined ones.",
                "class",
                "lead");
        legend(html);
        for (ReportRun run : runs) {
            List<ReportRun.Stage> stages = withTokens(run);
            if (!stages.isEmpty()) {
                ReportPage.runHeading(html, runs, run);
            }
            for (ReportRun.Stage stage : stages) {
                stage.file("tokens.jsonl")
                        .ifPresent(file -> stage(html, stage, file, bytes / runs.size() / stages.size()));
            }
        }
    }

    private static void legend(ReportHtml html) {
        html.open("p", "class", "legend tokens");
        OWNERS.forEach(owner ->
                html.leaf("span", owner, "class", "o" + OWNERS.indexOf(owner)).text(" "));
        html.leaf("span", "trained", "class", "o3 w").close();
    }

    private static List<ReportRun.Stage> withTokens(ReportRun run) {
        return run.stages().stream()
                .filter(stage -> stage.file("tokens.jsonl").isPresent())
                .toList();
    }

    private static void stage(ReportHtml html, ReportRun.Stage stage, Path file, long bytes) {
        ReportRows rows = ReportRows.rows(file, MOST_ROWS, bytes);
        html.open("h3").text(stage.name() + " ").leaf("small", rows.shown()).close();
        boolean first = true;
        for (JsonNode row : rows.flat()) {
            row(html, row, first);
            first = false;
        }
    }

    private static void row(ReportHtml html, JsonNode row, boolean unfolded) {
        JsonNode tokens = row.path("tokens");
        long trained = tokens.valueStream().filter(ReportTokens::isTrained).count();
        if (unfolded) {
            html.open("details", "class", "item", "open", "");
        } else {
            html.open("details", "class", "item");
        }
        html.open("summary").leaf("code", ReportJson.text(row, "id"));
        html.leaf("small", ChartNumbers.count(tokens.size()) + " tokens, " + ChartNumbers.count(trained) + " trained")
                .close();
        html.open("p", "class", "tokens");
        tokens.valueStream().limit(MOST_TOKENS).forEach(token -> token(html, token));
        html.close();
        if (tokens.size() > MOST_TOKENS) {
            html.leaf("p", "… " + ChartNumbers.count(tokens.size() - MOST_TOKENS) + " more tokens", "class", "lead");
        }
        html.close().newLine();
    }

    private static boolean isTrained(JsonNode token) {
        return ReportJson.number(token, "loss_weight").orElse(0) != 0;
    }

    private static void token(ReportHtml html, JsonNode token) {
        String owner = ReportJson.text(token, "owner").toLowerCase(Locale.ROOT);
        int known = Math.max(0, OWNERS.indexOf(owner));
        double weight = ReportJson.number(token, "loss_weight").orElse(0);
        String text = ReportJson.text(token, "text");
        html.leaf(
                "span",
                text.replace("\n", "↵\n").replace("\t", "⇥"),
                "class",
                "o" + known + (weight == 0 ? "" : " w"),
                "title",
                ReportJson.text(token, "id") + " · " + owner
                        + (weight == 0 || weight == 1 ? "" : " · weight " + ChartNumbers.compact(weight)));
    }
}

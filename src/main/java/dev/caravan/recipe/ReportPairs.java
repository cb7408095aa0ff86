package dev.caravan.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The preference pairs: what was chosen, what was rejected, and why.
///
/// @param bytes about how much to show
record ReportPairs(List<ReportRun> runs, long bytes) implements ReportSection {
    private static final int MOST_PAIRS = 80;

    private record Pairs(ReportRun run, ReportRun.Stage stage, Path file) {}

    @Override
    public String id() {
        return "pairs";
    }

    @Override
    public String title() {
        return "Preference pairs";
    }

    @Override
    public boolean isEmpty() {
        return files().isEmpty();
    }

    @Override
    public void write(ReportHtml html) {
        List<Pairs> files = files();
        var items = new ArrayList<ReportBrowser.Item>();
        long total = 0;
        for (Pairs pairs : files) {
            ReportRows rows = ReportRows.rows(pairs.file(), MOST_PAIRS, bytes / files.size());
            total += rows.total();
            rows.flat().forEach(row -> items.add(item(pairs, row)));
        }
        List<String> facets = List.of("Stage", "Source");
        new ReportBrowser(facets, items, ReportPage.shown(items.size(), total, "pairs")).write(html);
    }

    private List<Pairs> files() {
        var files = new ArrayList<Pairs>();
        runs.forEach(run -> run.stages()
                .forEach(stage -> stage.file("pairs.jsonl").ifPresent(file -> files.add(new Pairs(run, stage, file)))));
        return files;
    }

    private ReportBrowser.Item item(Pairs pairs, JsonNode row) {
        String stage = runs.size() == 1
                ? pairs.stage().name()
                : pairs.run().name() + "/" + pairs.stage().name();
        String prompt = ReportJson.conversation(row.path("prompt"));
        String source = ReportJson.text(row, "source");
        return new ReportBrowser.Item(
                List.of(stage, source), "", "", source, ReportPage.headline(prompt), html -> body(html, row, prompt));
    }

    private static void body(ReportHtml html, JsonNode row, String prompt) {
        ReportBrowser.block(html, "Prompt", prompt);
        html.open("div", "class", "pair").open("div");
        ReportBrowser.block(html, "Chosen", ReportJson.text(row, "chosen"));
        html.close().open("div");
        ReportBrowser.block(html, "Rejected", ReportJson.text(row, "rejected"));
        html.close().close();
        ReportBrowser.facts(html, "Because", ReportJson.text(row, "because"), "Row", ReportJson.text(row, "id"));
    }
}

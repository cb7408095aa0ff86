package dev.caravan.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What became of the data: rows in and out of each stage with the reasons for leaving, some of the rows that left,
/// and which training texts met which evaluation.
///
/// @param bytes about how much of rejected rows to show
record ReportData(List<ReportRun> runs, long bytes) implements ReportSection {
    private static final int MOST_REJECTED = 30;

    @Override
    public String id() {
        return "data";
    }

    @Override
    public String title() {
        return "Data";
    }

    @Override
    public boolean isEmpty() {
        return runs.stream().allMatch(run -> counted(run).isEmpty());
    }

    @Override
    public void write(ReportHtml html) {
        for (ReportRun run : runs) {
            List<ReportRun.Stage> stages = counted(run);
            if (!stages.isEmpty()) {
                ReportPage.runHeading(html, runs, run);
                counts(html, stages);
                stages.forEach(stage ->
                        stage.file("statistics.json").ifPresent(file -> ReportSources.write(html, stage, file)));
                stages.forEach(stage -> ReportContamination.of(stage).ifPresent(table -> table.write(html)));
                rejected(html, stages);
            }
        }
    }

    private static List<ReportRun.Stage> counted(ReportRun run) {
        return run.stages().stream()
                .filter(stage -> stage.manifest().path("counts").has("out"))
                .toList();
    }

    private static void counts(ReportHtml html, List<ReportRun.Stage> stages) {
        double widest = stages.stream()
                .mapToDouble(stage -> Math.max(count(stage, "in"), count(stage, "out")))
                .max()
                .orElse(1);
        ReportPage.table(
                html, "Rows in and out of each stage, why rows left, and what became of some that stayed", "funnel");
        ReportPage.columns(html, "Stage", "#In", "", "#Out", "By reason");
        html.open("tbody");
        stages.forEach(stage -> countRow(html, stage, Math.max(1, widest)));
        html.close();
        ReportPage.endTable(html);
    }

    private static void countRow(ReportHtml html, ReportRun.Stage stage, double widest) {
        long in = count(stage, "in");
        long out = count(stage, "out");
        html.open("tr").leaf("th", stage.name(), "scope", "row");
        html.leaf("td", ChartNumbers.count(in), "class", "n");
        html.open("td", "class", "bars", "aria-hidden", "true");
        bar(html, "in", in / widest);
        bar(html, "out", out / widest);
        html.close();
        html.leaf("td", ChartNumbers.count(out), "class", "n strong");
        html.open("td", "class", "reasons");
        JsonNode counts = stage.manifest().path("counts");
        Stream.of("rejected", "noted")
                .flatMap(kind -> counts.path(kind).properties().stream())
                .forEach(reason -> html.open("span", "class", "reason")
                        .text(reason.getKey() + " ")
                        .leaf(
                                "b",
                                ChartNumbers.count(Math.round(reason.getValue().asDouble(0))))
                        .close()
                        .text(" "));
        html.close().close().newLine();
    }

    private static void bar(ReportHtml html, String kind, double share) {
        html.open("i", "class", kind, "style", String.format(Locale.ROOT, "width:%.1f%%", 100 * share))
                .close();
    }

    private static long count(ReportRun.Stage stage, String key) {
        return ReportJson.count(stage.manifest().path("counts"), key);
    }

    private void rejected(ReportHtml html, List<ReportRun.Stage> stages) {
        BiConsumer<ReportRun.Stage, Path> show = (stage, file) -> {
            ReportRows rows = ReportRows.rows(file, MOST_REJECTED, bytes / runs.size() / stages.size());
            if (rows.total() > 0) {
                html.open("details", "class", "group")
                        .open("summary")
                        .text("Rows that left in " + stage.name() + " ")
                        .leaf("small", rows.shown())
                        .close();
                html.open("ul", "class", "rows");
                rows.flat().forEach(row -> rejectedRow(html, row));
                html.close().close().newLine();
            }
        };
        for (ReportRun.Stage stage : stages) {
            stage.file("rejected.jsonl").ifPresent(file -> show.accept(stage, file));
            stage.file("removed.jsonl").ifPresent(file -> show.accept(stage, file));
        }
    }

    private static void rejectedRow(ReportHtml html, JsonNode row) {
        String filter = ReportJson.text(row, "filter");
        String reason = ReportJson.text(row, "reason");
        String test = ReportJson.text(row, "test_id");
        html.open("li");
        html.leaf("code", ReportJson.text(row, "id")).text(" ");
        html.leaf("span", filter.isEmpty() ? "removed" : filter, "class", "reason")
                .text(" ");
        html.text(
                test.isEmpty()
                        ? reason
                        : "meets " + test
                                + ReportJson.number(row, "coverage").stream()
                                        .mapToObj(share -> ", " + ChartNumbers.percent(share) + " covered")
                                        .findFirst()
                                        .orElse(""));
        JsonNode kept = row.path("row");
        JsonNode said = kept.has("messages") ? kept.path("messages") : kept;
        if (!kept.isMissingNode()) html.leaf("pre", ReportPage.cut(ReportJson.conversation(said), 1200));
        html.close();
    }
}

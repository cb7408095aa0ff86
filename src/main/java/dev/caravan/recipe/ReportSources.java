package dev.caravan.recipe;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// The numbers of each source that a stage read: rows, turns, tokens or words, and how long the rows are.
record ReportSources(String stage, JsonNode sources) {
    static void write(ReportHtml html, ReportRun.Stage stage, Path file) {
        JsonNode sources = ReportJson.file(file);
        if (sources.isArray() && !sources.isEmpty()) new ReportSources(stage.name(), sources).write(html);
    }

    private void write(ReportHtml html) {
        boolean tokens = sources.valueStream().anyMatch(source -> source.has("tokens"));
        String unit = tokens ? "tokens" : "words";
        ReportPage.table(html, "The sources of " + stage + ", and the length of their rows in " + unit, "plain");
        ReportPage.columns(
                html,
                "Source",
                "Skill",
                "Licence",
                "#Rows",
                "#Kept",
                "#Turns",
                "#All " + unit,
                "#Median",
                "#95 in 100",
                "#Longest");
        html.open("tbody");
        sources.forEach(source -> row(html, source, source.path(unit)));
        html.close();
        ReportPage.endTable(html);
    }

    private static void row(ReportHtml html, JsonNode source, JsonNode length) {
        html.open("tr").leaf("th", ReportJson.text(source, "source"), "scope", "row");
        html.leaf("td", ReportJson.text(source, "skill")).leaf("td", ReportJson.text(source, "licence"));
        number(html, source, "rows");
        number(html, source, "kept");
        html.leaf("td", ChartNumbers.compact(source.path("turns").path("mean").asDouble(0)), "class", "n");
        for (String figure : new String[] {"total", "p50", "p95", "max"}) {
            number(html, length, figure);
        }
        html.close().newLine();
    }

    private static void number(ReportHtml html, JsonNode object, String key) {
        html.leaf("td", ChartNumbers.count(ReportJson.count(object, key)), "class", "n");
    }
}

package dev.caravan.recipe;

import dev.caravan.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which share of each evaluation the sources repeat, as a heat map: a row for each source, a column for each
/// evaluation. The colour says the share on a logarithmic scale, the text how many items they are, so that nothing
/// depends on colour alone; shares above the rule's limit stand in bold with a frame.
///
/// @param stage whose table it is
/// @param limit share above which a source is contaminated
record ReportContamination(String stage, double limit, Map<String, Map<String, Cell>> sources) {
    private static final int MOST_SOURCES = 200;
    private static final int STEPS = 5; // of colour: up to 0.1 %, 1 %, 5 %, 20 %, and above
    private static final double[] LIMITS = {0.001, 0.01, 0.05, 0.2};
    private static final double LIMIT_OF_THE_PAPER = 0.02;

    /// How many items of an evaluation a source repeats.
    record Cell(long items, long matched, double share) {
        int step() {
            if (matched == 0) return 0;
            int step = 1;
            while (step < STEPS && share > LIMITS[step - 1]) step++;
            return step;
        }
    }

    static Optional<ReportContamination> of(ReportRun.Stage stage) {
        return stage.file("contamination.tsv")
                .map(file -> new ReportContamination(stage.name(), limit(stage), read(file)))
                .filter(table -> !table.sources().isEmpty());
    }

    private static double limit(ReportRun.Stage stage) {
        return stage.file("report.json")
                .map(file -> ReportJson.file(file).path("rule").path("dataset_match"))
                .map(limit -> limit.asDouble(LIMIT_OF_THE_PAPER))
                .orElse(LIMIT_OF_THE_PAPER);
    }

    private static Map<String, Map<String, Cell>> read(Path file) {
        var sources = new LinkedHashMap<String, Map<String, Cell>>();
        lines(file).stream().skip(1).map(line -> line.split("\t", -1)).forEach(fields -> {
            if (fields.length < 5) throw new DataException(file + " has a line of less than five columns");
            sources.computeIfAbsent(fields[0], _ -> new LinkedHashMap<>())
                    .put(
                            fields[1],
                            new Cell(
                                    Long.parseLong(fields[2]),
                                    Long.parseLong(fields[3]),
                                    Double.parseDouble(fields[4])));
        });
        return sources;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    void write(ReportHtml html) {
        Map<String, Cell> first = sources.values().iterator().next();
        long shown = Math.min(sources.size(), MOST_SOURCES);
        ReportPage.table(
                html,
                "Evaluation items that the training data repeats (" + stage + "): " + shown + " of " + sources.size()
                        + " sources. A framed cell is more than " + ChartNumbers.compact(100 * limit)
                        + " % of the evaluation.",
                "heat");
        html.open("thead").open("tr").leaf("th", "Source", "scope", "col", "class", "t");
        first.forEach((evaluation, cell) -> {
            html.open("th", "scope", "col", "class", "n").text(evaluation);
            html.text(" ").leaf("small", ChartNumbers.count(cell.items())).close();
        });
        html.close().close().open("tbody");
        sources.entrySet().stream()
                .limit(MOST_SOURCES)
                .forEach(source -> row(html, source.getKey(), first, source.getValue()));
        html.close();
        ReportPage.endTable(html);
        legend(html);
    }

    private void row(ReportHtml html, String source, Map<String, Cell> columns, Map<String, Cell> cells) {
        html.open("tr").leaf("th", source, "scope", "row", "title", source);
        columns.keySet().forEach(evaluation -> {
            Cell cell = cells.getOrDefault(evaluation, new Cell(0, 0, 0));
            String mark = cell.share() > limit ? " over" : "";
            html.open(
                    "td",
                    "class",
                    "n h" + cell.step() + mark,
                    "title",
                    source + ", " + evaluation + ": " + share(cell));
            html.text(cell.matched() == 0 ? "·" : ChartNumbers.count(cell.matched()));
            html.close();
        });
        html.close().newLine();
    }

    private static String share(Cell cell) {
        return String.format(Locale.ROOT, "%d of %d items, %.2f %%", cell.matched(), cell.items(), 100 * cell.share());
    }

    private static void legend(ReportHtml html) {
        html.open("p", "class", "scale").text("Share of the evaluation: ");
        List<String> steps = List.of("none", "up to 0.1 %", "1 %", "5 %", "20 %", "more");
        for (int step = 0; step < steps.size(); step++) {
            html.leaf("span", steps.get(step), "class", "h" + step).text(" ");
        }
        html.close().newLine();
    }
}

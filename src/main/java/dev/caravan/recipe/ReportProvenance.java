package dev.caravan.recipe;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// What made each result: settings, seed, fingerprints, versions, machine and time, and what differs between the
/// runs.
record ReportProvenance(List<ReportRun> runs) implements ReportSection {
    @Override
    public String id() {
        return "provenance";
    }

    @Override
    public String title() {
        return "Provenance";
    }

    @Override
    public boolean isEmpty() {
        return runs.stream().allMatch(run -> run.stages().isEmpty());
    }

    @Override
    public void write(ReportHtml html) {
        if (runs.size() > 1) {
            differences(html);
        }
        for (ReportRun run : runs) {
            if (!run.stages().isEmpty()) {
                ReportPage.runHeading(html, runs, run);
                timeline(html, run);
                stages(html, run);
                run.stages().forEach(stage -> settings(html, stage));
            }
        }
    }

    private void differences(ReportHtml html) {
        List<Map<String, String>> settings =
                runs.stream().map(ReportProvenance::allSettings).toList();
        var paths = new LinkedHashSet<String>();
        settings.forEach(one -> paths.addAll(one.keySet()));
        paths.removeIf(path -> settings.stream()
                        .map(one -> one.getOrDefault(path, "–"))
                        .distinct()
                        .count()
                == 1);
        if (paths.isEmpty()) {
            html.leaf("p", "The runs have the same settings.", "class", "lead");
            return;
        }
        ReportPage.table(html, "Settings that differ between the runs", "plain");
        html.open("thead").open("tr").leaf("th", "Setting", "scope", "col");
        IntStream.range(0, runs.size())
                .forEach(i -> html.leaf("th", runs.get(i).name(), "scope", "col", "class", "ink" + i % 6));
        html.close().close().open("tbody");
        for (String path : paths) {
            html.open("tr").open("th", "scope", "row").leaf("code", path).close();
            settings.forEach(one -> html.leaf("td", ReportPage.cut(one.getOrDefault(path, "–"), 200)));
            html.close();
        }
        html.close();
        ReportPage.endTable(html);
    }

    private static Map<String, String> allSettings(ReportRun run) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        for (ReportRun.Stage stage : run.stages()) {
            ReportJson.leaves(stage.manifest().path("settings"))
                    .forEach((path, value) -> all.put(stage.name() + "." + path, value));
            all.put(stage.name() + " seed", ReportJson.text(stage.manifest(), "seed"));
        }
        return all;
    }

    /// Where the time went, as a bar with one piece for each stage.
    private static void timeline(ReportHtml html, ReportRun run) {
        double total =
                run.stages().stream().mapToDouble(ReportRun.Stage::seconds).sum();
        if (total <= 0) {
            return;
        }
        html.open(
                "div",
                "class",
                "timeline",
                "role",
                "img",
                "aria-label",
                "Wall time by stage; the table has the numbers");
        for (ReportRun.Stage stage : run.stages()) {
            double share = stage.seconds() / total;
            String style = String.format(Locale.ROOT, "flex-grow:%.4f", share);
            String title = stage.name() + " " + ChartNumbers.duration(stage.seconds());
            html.leaf("span", share > 0.08 ? stage.name() : "", "style", style, "title", title);
        }
        html.close();
    }

    private static void stages(ReportHtml html, ReportRun run) {
        double total =
                run.stages().stream().mapToDouble(ReportRun.Stage::seconds).sum();
        ReportPage.table(html, "Stages, " + ChartNumbers.duration(total) + " in all", "plain");
        ReportPage.columns(html, "Stage", "Type", "#Wall time", "#Seed", "Fingerprint");
        html.open("tbody");
        for (ReportRun.Stage stage : run.stages()) {
            String fingerprint = ReportJson.text(stage.manifest(), "fingerprint");
            html.open("tr")
                    .leaf("th", String.format(Locale.ROOT, "%02d %s", stage.number(), stage.name()), "scope", "row");
            html.leaf("td", stage.type());
            html.leaf("td", ChartNumbers.duration(stage.seconds()), "class", "n");
            html.leaf("td", ReportJson.text(stage.manifest(), "seed"), "class", "n");
            html.open("td")
                    .leaf("code", shortened(fingerprint), "title", fingerprint)
                    .close()
                    .close()
                    .newLine();
        }
        html.close();
        ReportPage.endTable(html);
    }

    private static String shortened(String hash) {
        return hash.length() <= 16 ? hash : hash.substring(0, 12) + "…";
    }

    private static void settings(ReportHtml html, ReportRun.Stage stage) {
        html.open("details", "class", "group").leaf("summary", stage.name() + ": settings, inputs, outputs");
        html.open("div", "class", "columns");
        JsonNode manifest = stage.manifest();
        list(html, "settings", ReportJson.leaves(manifest.path("settings")));
        list(html, "inputs", ReportJson.hashes(manifest.path("inputs")));
        list(html, "outputs", ReportJson.hashes(manifest.path("outputs")));
        list(html, "versions", ReportJson.leaves(manifest.path("versions")));
        list(html, "host", ReportJson.leaves(manifest.path("host")));
        html.close().close().newLine();
    }

    private static void list(ReportHtml html, String title, Map<String, String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        html.open("div").leaf("h4", title).open("dl", "class", "pairs");
        entries.forEach((name, value) -> html.leaf("dt", name)
                .leaf("dd", ReportPage.cut(shortHash(value), 200), "title", ReportPage.cut(value, 200)));
        html.close().close();
    }

    private static String shortHash(String value) {
        return value.matches("[0-9a-f]{40,}") ? shortened(value) : value;
    }
}

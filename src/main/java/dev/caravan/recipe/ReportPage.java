package dev.caravan.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The page around the sections: head, summary, navigation.
///
/// @param bytes about how much text of rows the page may show
record ReportPage(List<ReportRun> runs, long bytes) {
    String html() {
        var scores = new ReportScores(runs);
        List<ReportSection> sections = List.<ReportSection>of(
                        scores,
                        new ReportCurves(runs),
                        new ReportData(runs, bytes / 8),
                        new ReportTokens(runs, bytes / 24),
                        new ReportPairs(runs, bytes / 8),
                        new ReportRollouts(runs, bytes / 3),
                        new ReportSamples(runs, bytes / 3),
                        new ReportProvenance(runs))
                .stream()
                .filter(section -> !section.isEmpty())
                .toList();
        var html = new ReportHtml();
        html.open("html", "lang", "en");
        head(html);
        html.open("body");
        banner(html, scores.headlines());
        navigation(html, sections);
        html.open("main");
        sections.forEach(section -> write(html, section));
        html.close();
        html.open("footer")
                .text("Made by Caravan from the run’s own files. This page loads nothing from the network.")
                .close();
        html.source("script", resource("report.js")).close().close();
        return "<!doctype html>\n" + html;
    }

    private void head(ReportHtml html) {
        html.open("head").single("meta", "charset", "utf-8");
        html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.single("meta", "name", "color-scheme", "content", "light dark");
        html.leaf("title", names(" and ") + " · Caravan report");
        html.source("style", resource("report.css")).close().newLine();
    }

    private void banner(ReportHtml html, Map<String, String> headlines) {
        html.open("header").open("div", "class", "title");
        html.open("div")
                .leaf("p", "Caravan report", "class", "kind")
                .leaf("h1", names(" · "))
                .close();
        html.leaf("button", "Dark or light", "type", "button", "id", "theme", "hidden", "");
        html.close().open("dl", "class", "cards");
        headlines.entrySet().stream().limit(4).forEach(entry -> card(html, entry.getKey(), entry.getValue()));
        if (runs.size() == 1) {
            ReportRun run = runs.getFirst();
            card(html, "stages", ChartNumbers.count(run.stages().size()));
            card(html, "wall time", ChartNumbers.duration(seconds(run)));
        }
        html.close();
        if (runs.size() > 1) {
            html.open("p", "class", "runs");
            for (int i = 0; i < runs.size(); i++) {
                html.leaf(
                                "span",
                                runs.get(i).name() + ", " + ChartNumbers.duration(seconds(runs.get(i))),
                                "class",
                                "ink" + i % 6)
                        .text(" ");
            }
            html.close();
        }
        html.close().newLine();
    }

    private static double seconds(ReportRun run) {
        return run.stages().stream().mapToDouble(ReportRun.Stage::seconds).sum();
    }

    private static void card(ReportHtml html, String name, String value) {
        html.open("div").leaf("dt", name).leaf("dd", value).close();
    }

    private static void navigation(ReportHtml html, List<ReportSection> sections) {
        html.open("nav", "aria-label", "Sections");
        sections.forEach(section ->
                html.leaf("a", section.title(), "href", "#" + section.id()).text(" "));
        html.close().newLine();
    }

    private static void write(ReportHtml html, ReportSection section) {
        html.open("section", "id", section.id(), "aria-labelledby", section.id() + "-title");
        html.leaf("h2", section.title(), "id", section.id() + "-title");
        section.write(html);
        html.close().newLine();
    }

    private String names(String between) {
        return runs.stream().map(ReportRun::name).collect(Collectors.joining(between));
    }

    /// Where several runs are compared, what belongs to one stands under its name.
    static void runHeading(ReportHtml html, List<ReportRun> runs, ReportRun run) {
        if (runs.size() > 1) {
            html.leaf("h3", run.name(), "class", "ink" + runs.indexOf(run) % 6);
        }
    }

    /// A table under its title, which scrolls sideways by itself where the screen is narrow. Closed by [#endTable].
    static void table(ReportHtml html, String title, String kind) {
        html.leaf("p", title, "class", "caption");
        html.open("div", "class", "scroll", "role", "region", "aria-label", title, "tabindex", 0);
        html.open("table", "class", kind);
    }

    static void endTable(ReportHtml html) {
        html.close().close().newLine();
    }

    /// @param columns their titles; those of numbers begin with `#`
    static void columns(ReportHtml html, String... columns) {
        html.open("thead").open("tr");
        for (String column : columns) {
            boolean number = column.startsWith("#");
            html.leaf("th", number ? column.substring(1) : column, "scope", "col", "class", number ? "n" : "t");
        }
        html.close().close();
    }

    /// The text, or its beginning with a word on how much is missing.
    static String cut(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, most) + " … and " + ChartNumbers.count(text.length() - most) + " more characters";
    }

    /// The last turn of a prompt as one line.
    static String headline(String prompt) {
        int turn = prompt.lastIndexOf("user: ");
        String line = (turn < 0 ? prompt : prompt.substring(turn + 6)).strip().replaceAll("\\s+", " ");
        return line.length() <= 160 ? line : line.substring(0, 160) + "…";
    }

    static String shown(long shown, long total, String noun) {
        return shown == total
                ? ChartNumbers.count(total) + " " + noun
                : "showing " + ChartNumbers.count(shown) + " of " + ChartNumbers.count(total) + " " + noun
                        + ", evenly spaced";
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.caravan.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Curves over steps as static SVG: faint measurements under their bold moving average, one colour and one dash
/// pattern for each run. The values ride along as attributes, from which the page's script shows them under the
/// pointer.
///
/// @param series one for each run, none of them empty
record ChartLines(String title, List<ChartSeries> series) {
    private static final int WIDTH = 310;
    private static final int HEIGHT = 176;
    private static final int LEFT = 48;
    private static final int RIGHT = WIDTH - 10;
    private static final int TOP = 8;
    private static final int BOTTOM = HEIGHT - 24;
    private static final int MOST_POINTS = 320;
    /// Fewer measurements than this are drawn as points, and nothing is smoothed.
    private static final int FEW = 12;

    void write(ReportHtml html) {
        boolean log = logarithmicIsOfUse();
        html.open("figure", "class", log ? "chart has-log" : "chart", "tabindex", 0, "aria-label", description());
        html.open("figcaption").leaf("span", title.replace('_', ' '));
        series.forEach(one -> html.leaf("b", ChartNumbers.compact(one.last()), "class", "ink" + one.ink() % 6));
        html.close();
        draw(html, "linear", ChartScale.rounded(low(), high(), 4));
        if (log) {
            draw(html, "log", ChartScale.log(low(), high()));
        }
        writeNotFinite(html);
        html.close().newLine();
    }

    /// A logarithmic axis shows more than a linear one where positive values span more than a factor of ten.
    private boolean logarithmicIsOfUse() {
        return low() > 0 && high() / low() > 10;
    }

    private void writeNotFinite(ReportHtml html) {
        int notFinite = series.stream().mapToInt(ChartSeries::notFinite).sum();
        if (notFinite > 0) {
            html.leaf("p", "not finite and not drawn: " + ChartNumbers.count(notFinite), "class", "alarm");
        }
    }

    private String description() {
        String runs = series.stream()
                .map(one -> (one.label().isEmpty() ? "" : one.label() + ": ") + one.size() + " measurements, first "
                        + ChartNumbers.compact(one.values()[0]) + ", last " + ChartNumbers.compact(one.last()))
                .collect(Collectors.joining("; "));
        return title.replace('_', ' ') + ". " + runs;
    }

    private void draw(ReportHtml html, String kind, ChartScale vertical) {
        ChartScale horizontal = ChartScale.exact(firstStep(), lastStep(), 6);
        html.open("svg", "class", kind, "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-hidden", "true");
        for (double tick : vertical.ticks()) {
            double y = y(vertical, tick);
            html.open("path", "class", "grid", "d", "M" + LEFT + "," + ReportHtml.pixels(y) + "H" + RIGHT)
                    .close();
            html.leaf("text", ChartNumbers.tick(tick), "x", LEFT - 6, "y", y + 3.5, "class", "end");
        }
        for (double tick : horizontal.ticks()) {
            if (tick == Math.rint(tick)) {
                html.leaf("text", ChartNumbers.tick(tick), "x", x(horizontal, tick), "y", HEIGHT - 8, "class", "mid");
            }
        }
        series.forEach(one -> curve(html, one, "s" + one.ink() % 6, horizontal, vertical));
        html.close();
    }

    private static void curve(
            ReportHtml html, ChartSeries all, String ink, ChartScale horizontal, ChartScale vertical) {
        ChartSeries raw = all.thinned(MOST_POINTS);
        boolean few = all.size() < FEW;
        boolean smooth = !few && all.isRestless();
        html.open(
                        "path",
                        "class",
                        (smooth ? "raw " : "only ") + ink,
                        "d",
                        path(raw, horizontal, vertical),
                        "data-label",
                        all.label(),
                        "data-steps",
                        join(Arrays.stream(raw.steps()).mapToObj(Long::toString).toList()),
                        "data-values",
                        join(Arrays.stream(raw.values())
                                .mapToObj(ChartNumbers::compact)
                                .toList()))
                .close();
        if (few) {
            for (int i = 0; i < raw.size(); i++) {
                html.open(
                                "circle",
                                "class",
                                ink,
                                "cx",
                                x(horizontal, raw.steps()[i]),
                                "cy",
                                y(vertical, raw.values()[i]),
                                "r",
                                2.5)
                        .close();
            }
        }
        if (smooth) {
            html.open("path", "class", "smooth " + ink, "d", path(all.smoothed().at(raw), horizontal, vertical))
                    .close();
        }
    }

    private static String join(List<String> values) {
        return String.join(" ", values);
    }

    private static String path(ChartSeries line, ChartScale horizontal, ChartScale vertical) {
        var path = new StringBuilder();
        for (int i = 0; i < line.size(); i++) {
            path.append(i == 0 ? 'M' : 'L')
                    .append(ReportHtml.pixels(x(horizontal, line.steps()[i])))
                    .append(',')
                    .append(ReportHtml.pixels(y(vertical, line.values()[i])));
        }
        return path.toString();
    }

    private static double x(ChartScale scale, double step) {
        return LEFT + scale.place(step) * (RIGHT - LEFT);
    }

    private static double y(ChartScale scale, double value) {
        return BOTTOM - scale.place(value) * (BOTTOM - TOP);
    }

    private double low() {
        return series.stream().mapToDouble(ChartSeries::min).min().orElse(0);
    }

    private double high() {
        return series.stream().mapToDouble(ChartSeries::max).max().orElse(1);
    }

    private double firstStep() {
        return series.stream().mapToLong(one -> one.steps()[0]).min().orElse(0);
    }

    private double lastStep() {
        return series.stream()
                .mapToLong(one -> one.steps()[one.size() - 1])
                .max()
                .orElse(1);
    }
}

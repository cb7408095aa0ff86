package dev.caravan.recipe;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/// Scores with their 95 % intervals, from the first model on the left to the last on the right, as static SVG.
///
/// @param models the columns
/// @param runs the scores of each run; a run may lack a model
/// @param shares whether scores are shares of 1, shown in per cent
record ChartDots(String title, List<String> models, List<List<ReportScores.Score>> runs, boolean shares) {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 230;
    private static final int LEFT = 58;
    private static final int RIGHT = WIDTH - 12;
    private static final int TOP = 22;
    private static final int BOTTOM = HEIGHT - 26;

    void write(ReportHtml html) {
        html.open("figure", "class", "chart dots");
        html.open("figcaption").leaf("span", title).close();
        html.open(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "role",
                "img",
                "aria-label",
                title + "; the table below has the numbers");
        ChartScale vertical = vertical();
        for (double tick : vertical.ticks()) {
            html.open(
                            "path",
                            "class",
                            "grid",
                            "d",
                            "M" + LEFT + "," + ReportHtml.pixels(y(vertical, tick)) + "H" + RIGHT)
                    .close();
            html.leaf("text", shown(tick), "x", LEFT - 6, "y", y(vertical, tick) + 3.5, "class", "end");
        }
        for (int model = 0; model < models.size(); model++) {
            html.leaf("text", shortened(models.get(model)), "x", column(model), "y", HEIGHT - 8, "class", "mid strong");
        }
        for (int run = 0; run < runs.size(); run++) {
            run(html, vertical, run);
        }
        html.close().close().newLine();
    }

    private void run(ReportHtml html, ChartScale vertical, int run) {
        var line = new StringBuilder();
        for (ReportScores.Score score : runs.get(run)) {
            double x = x(score, run);
            line.append(line.isEmpty() ? 'M' : 'L')
                    .append(ReportHtml.pixels(x))
                    .append(',')
                    .append(ReportHtml.pixels(y(vertical, score.score())));
        }
        html.open("path", "class", "link s" + run % 6, "d", line).close();
        for (ReportScores.Score score : runs.get(run)) {
            whisker(html, vertical, score, run);
        }
    }

    private void whisker(ReportHtml html, ChartScale vertical, ReportScores.Score score, int run) {
        double x = x(score, run);
        double y = y(vertical, score.score());
        double low = y(vertical, score.low().orElse(score.score()));
        double high = y(vertical, score.high().orElse(score.score()));
        String caps = "M%s,%sH%sM%s,%sH%sM%s,%sV%s"
                .formatted(px(x - 5), px(low), px(x + 5), px(x - 5), px(high), px(x + 5), px(x), px(low), px(high));
        html.open("path", "class", "whisker s" + run % 6, "d", caps).close();
        html.open("circle", "class", "s" + run % 6, "cx", x, "cy", y, "r", 4.5).close();
        if (runs.size() == 1) {
            html.leaf("text", value(score), "x", x, "y", high - 6, "class", "mid value");
        }
    }

    private String value(ReportScores.Score score) {
        return shares ? ChartNumbers.percent(score.score()) : ChartNumbers.compact(score.score());
    }

    private String shown(double tick) {
        return shares ? ChartNumbers.tick(Math.round(tick * 1e4) / 100.0) + " %" : ChartNumbers.tick(tick);
    }

    private ChartScale vertical() {
        double low = bound(score -> score.low().orElse(score.score())).min().orElse(0);
        double high = bound(score -> score.high().orElse(score.score())).max().orElse(1);
        return shares ? ChartScale.rounded(0, Math.max(high, 0.05), 4) : ChartScale.rounded(low, high, 4);
    }

    private DoubleStream bound(ToDoubleFunction<ReportScores.Score> end) {
        return runs.stream().flatMap(List::stream).mapToDouble(end);
    }

    private static String px(double value) {
        return ReportHtml.pixels(value);
    }

    private String shortened(String model) {
        int room = Math.max(4, (RIGHT - LEFT) / models.size() / 7);
        return model.length() <= room ? model : model.substring(0, room - 1) + "…";
    }

    /// Runs stand beside each other, so that no whisker hides another.
    private double x(ReportScores.Score score, int run) {
        return column(models.indexOf(score.model())) + 12 * (run - (runs.size() - 1) / 2.0);
    }

    private double column(int model) {
        return LEFT + (model + 0.5) * (RIGHT - LEFT) / models.size();
    }

    private static double y(ChartScale scale, double value) {
        return BOTTOM - scale.place(value) * (BOTTOM - TOP);
    }
}

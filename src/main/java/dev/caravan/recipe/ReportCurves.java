package dev.caravan.recipe;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The learning curves: for each stage one chart a quantity, with the runs laid over each other.
record ReportCurves(List<ReportRun> runs) implements ReportSection {
    /// What a reader looks at first; everything else follows in alphabetical order.
    private static final List<String> FIRST = List.of(
            "loss",
            "reward",
            "score",
            "accuracy",
            "margin",
            "reward_chosen",
            "reward_rejected",
            "kl",
            "approximate_kl",
            "entropy",
            "policy_loss",
            "value_loss",
            "clip_fraction",
            "gradient_norm",
            "learning_rate",
            "tokens_per_second");

    @Override
    public String id() {
        return "curves";
    }

    @Override
    public String title() {
        return "Learning curves";
    }

    @Override
    public boolean isEmpty() {
        return stages().stream().allMatch(stage -> charts(stage).isEmpty());
    }

    @Override
    public void write(ReportHtml html) {
        html.open("div", "class", "switches");
        checkbox(html, "smooth", "Smooth", true);
        checkbox(html, "logarithmic", "Logarithmic where it helps", false);
        html.close();
        for (String stage : stages()) {
            List<ChartLines> charts = charts(stage);
            if (!charts.isEmpty()) {
                html.leaf("h3", stage).open("div", "class", "charts");
                charts.forEach(chart -> chart.write(html));
                html.close();
            }
        }
        for (ReportRun run : runs) {
            if (run.unreadableMetrics() > 0) {
                html.leaf(
                        "p",
                        run.name() + "/metrics.jsonl: " + run.unreadableMetrics()
                                + " lines are not JSON and are left out",
                        "class",
                        "alarm");
            }
        }
    }

    private static void checkbox(ReportHtml html, String id, String label, boolean checked) {
        html.open("label");
        if (checked) {
            html.single("input", "type", "checkbox", "id", id, "checked", "");
        } else {
            html.single("input", "type", "checkbox", "id", id);
        }
        html.text(" " + label).close();
    }

    /// In the order of the recipe; a stage that is still running comes last.
    private SequencedSet<String> stages() {
        var stages = new LinkedHashSet<String>();
        var measured =
                runs.stream().flatMap(run -> run.metrics().keySet().stream()).toList();
        runs.forEach(run -> run.stages().stream()
                .map(ReportRun.Stage::name)
                .filter(measured::contains)
                .forEach(stages::add));
        runs.forEach(run -> stages.addAll(run.metrics().keySet()));
        return stages;
    }

    private List<ChartLines> charts(String stage) {
        var quantities = new LinkedHashSet<String>();
        runs.forEach(run -> quantities.addAll(measured(run, stage).keySet()));
        return quantities.stream()
                .sorted(Comparator.comparingInt(ReportCurves::rank).thenComparing(Comparator.naturalOrder()))
                .map(quantity -> chart(stage, quantity))
                .filter(chart -> !chart.series().isEmpty())
                .toList();
    }

    private ChartLines chart(String stage, String quantity) {
        List<ChartSeries> series = IntStream.range(0, runs.size())
                .mapToObj(i -> ChartSeries.of(
                        runs.size() == 1 ? "" : runs.get(i).name(),
                        i,
                        measured(runs.get(i), stage).getOrDefault(quantity, new TreeMap<>())))
                .filter(one -> one.size() > 0)
                .toList();
        return new ChartLines(quantity, series);
    }

    private static Map<String, SortedMap<Long, Double>> measured(ReportRun run, String stage) {
        return run.metrics().getOrDefault(stage, Map.of());
    }

    private static int rank(String quantity) {
        int rank = FIRST.indexOf(quantity);
        return rank < 0 ? FIRST.size() : rank;
    }
}

package dev.caravan.eval;

import dev.caravan.data.Rollout;
import dev.caravan.data.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// How a model did on a task.
///
/// @param temperature at which its answers were drawn; 0 is greedy
/// @param items the score of each item; `NaN` where the verifier could not tell
/// @param estimate over the items that could be judged
/// @param gain over the model before it in the list, item by item; absent for the first
public record TaskScore(
        String model, EvalTask task, double temperature, double[] items, Estimate estimate, Optional<Estimate> gain) {
    /// @param rollouts one answer an item, in the task's order
    /// @param earlier scores of the models before this one
    public static TaskScore of(
            String model,
            EvalTask task,
            double temperature,
            List<Rollout> rollouts,
            List<TaskScore> earlier,
            long seed) {
        double[] items = rollouts.stream()
                .mapToDouble(r -> r.verdicts().getFirst() instanceof Verdict.Scored s ? s.score() : Double.NaN)
                .toArray();
        var judged =
                java.util.Arrays.stream(items).filter(s -> !Double.isNaN(s)).toArray();
        Optional<Estimate> gain = earlier.stream()
                .filter(e -> e.task.name().equals(task.name()) && e.temperature == temperature)
                .reduce((_, last) -> last)
                .map(before -> gain(before.items, items, seed));
        return new TaskScore(model, task, temperature, items, Estimate.of(judged, seed), gain);
    }

    private static Estimate gain(double[] before, double[] after, long seed) {
        int[] both = IntStream.range(0, after.length)
                .filter(i -> !Double.isNaN(before[i]) && !Double.isNaN(after[i]))
                .toArray();
        return Estimate.ofDifference(
                java.util.Arrays.stream(both).mapToDouble(i -> before[i]).toArray(),
                java.util.Arrays.stream(both).mapToDouble(i -> after[i]).toArray(),
                seed);
    }

    /// `greedy`, or the temperature.
    public static String mode(double temperature) {
        return temperature == 0 ? "greedy" : "T = " + temperature;
    }

    /// A row of `scores.json`.
    public Map<String, Object> row() {
        var row = new LinkedHashMap<String, Object>();
        row.put("model", model);
        row.put("task", task.name());
        row.put("version", task.version());
        row.put("metric", task.metric() + ", " + mode(temperature));
        row.put("score", estimate.mean());
        row.put("ci95", List.of(estimate.low(), estimate.high()));
        row.put("n", estimate.n());
        row.put("unverifiable", items.length - estimate.n());
        gain.ifPresent(g -> {
            row.put("gain", g.mean());
            row.put("gain_ci95", List.of(g.low(), g.high()));
        });
        return row;
    }

    /// A row of a task's file of items.
    public static Map<String, Object> line(Rollout rollout) {
        var completion = rollout.completions().getFirst();
        var line = new LinkedHashMap<String, Object>();
        line.put("id", rollout.prompt().id());
        line.put("prompt", rollout.prompt().messages().getLast().content());
        line.put("completion", completion.text());
        line.put("finish", completion.finish().name().toLowerCase(java.util.Locale.ROOT));
        line.put("expected", rollout.prompt().check().map(c -> c.expected()).orElse(""));
        switch (rollout.verdicts().getFirst()) {
            case Verdict.Scored s -> {
                line.put("verdict", s.correct() ? "correct" : s.score() > 0 ? "partial" : "wrong");
                line.put("score", s.score());
                line.put("because", s.because());
            }
            case Verdict.Failed f -> {
                line.put("verdict", "unverifiable");
                line.put("because", f.because());
            }
        }
        return line;
    }
}

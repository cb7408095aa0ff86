package dev.caravan.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a model did on a suite: the mean of its rows, with the interval that comes of resampling each task's items
/// within the task. A preference task counts with its length-controlled rate; its resamples are those of the plain
/// rate, moved by the difference of the two.
///
/// @param rows names of the rows that have a score
/// @param missing tasks that have none, also those of suites within it
/// @param metric `mean`; where something is missing, of how many rows it is
/// @param estimate over the items of all rows
public record SuiteScore(
        String model,
        Suite suite,
        String metric,
        List<String> rows,
        List<String> missing,
        Estimate estimate,
        int unverifiable) {
    public SuiteScore {
        rows = List.copyOf(rows);
        missing = List.copyOf(missing);
    }

    /// A row's mean, and what it might have been with other items.
    private record Mean(String row, double value, double[] resampled, int items, int unverifiable) {}

    /// @param scores of one model on the suite's tasks and perhaps on others; empty where the suite has none of them
    public static Optional<SuiteScore> of(Suite suite, List<TaskScore> scores, long seed) {
        List<Mean> rows = means(suite, scores, seed);
        if (rows.isEmpty()) return Optional.empty();
        Mean whole = mean(suite.name(), rows);
        return Optional.of(new SuiteScore(
                scores.getFirst().model(),
                suite,
                metric(suite, scores),
                rows.stream().map(Mean::row).toList(),
                missing(suite, scores),
                Estimate.of(whole.value(), whole.resampled(), whole.items()),
                whole.unverifiable()));
    }

    private static List<Mean> means(Suite suite, List<TaskScore> scores, long seed) {
        var means = new ArrayList<Mean>();
        for (String row : suite.rows()) {
            Optional<Suite> within = Suites.named(row);
            List<Mean> parts = within.map(inner -> means(inner, scores, seed)).orElse(List.of());
            if (!parts.isEmpty()) means.add(mean(row, parts));
            if (within.isEmpty()) {
                known(row, scores).map(score -> mean(row, score, seed)).ifPresent(means::add);
            }
        }
        return means;
    }

    private static Optional<TaskScore> known(String task, List<TaskScore> scores) {
        return scores.stream()
                .filter(score ->
                        score.task().name().equals(task) && score.estimate().n() > 0)
                .findFirst();
    }

    private static Mean mean(String row, TaskScore score, long seed) {
        double moved = score.headline() - score.estimate().mean();
        double[] resampled = Estimate.resampledMeans(score.judgedGroups(), seed, "bootstrap/" + row);
        return new Mean(
                row,
                score.headline(),
                Arrays.stream(resampled).map(mean -> mean + moved).toArray(),
                score.estimate().n(),
                score.unverifiable());
    }

    private static Mean mean(String row, List<Mean> parts) {
        double[] resampled = new double[parts.getFirst().resampled().length];
        Arrays.setAll(
                resampled,
                i -> parts.stream()
                        .mapToDouble(part -> part.resampled()[i])
                        .average()
                        .orElseThrow());
        return new Mean(
                row,
                parts.stream().mapToDouble(Mean::value).average().orElseThrow(),
                resampled,
                parts.stream().mapToInt(Mean::items).sum(),
                parts.stream().mapToInt(Mean::unverifiable).sum());
    }

    /// `mean`, or `mean of 11 of 12, safety of 5 of 6`.
    private static String metric(Suite suite, List<TaskScore> scores) {
        if (missing(suite, scores).isEmpty()) return "mean";
        var parts = new ArrayList<String>();
        suite.withThoseWithin().filter(part -> isPart(part, scores)).forEach(part -> {
            String share =
                    "of %d of %d".formatted(known(part, scores), part.rows().size());
            parts.addFirst(part.equals(suite) ? "mean " + share : part.name() + " " + share);
        });
        return String.join(", ", parts);
    }

    private static boolean isPart(Suite suite, List<TaskScore> scores) {
        return known(suite, scores) > 0 && !missing(suite, scores).isEmpty();
    }

    private static long known(Suite suite, List<TaskScore> scores) {
        return suite.rows().stream()
                .filter(row -> Suites.named(row)
                        .map(within -> known(within, scores) > 0)
                        .orElseGet(() -> known(row, scores).isPresent()))
                .count();
    }

    private static List<String> missing(Suite suite, List<TaskScore> scores) {
        return suite.tasks().stream()
                .filter(task -> !suite.beside().contains(task))
                .filter(task -> known(task, scores).isEmpty())
                .toList();
    }

    /// A row of `scores.json`; `mean_of` tells it from a task's.
    public Map<String, Object> row() {
        var row = new LinkedHashMap<String, Object>();
        row.put("model", model);
        row.putAll(line());
        return row;
    }

    /// As `caravan evaluate` prints it.
    public Map<String, Object> line() {
        var line = new LinkedHashMap<String, Object>();
        line.put("task", suite.name());
        line.put("version", suite.version());
        line.put("metric", metric);
        line.put("score", estimate.mean());
        line.put("ci95", List.of(estimate.low(), estimate.high()));
        line.put("n", estimate.n());
        line.put("unverifiable", unverifiable);
        line.put("mean_of", rows);
        if (!missing.isEmpty()) line.put("missing", missing);
        return line;
    }
}

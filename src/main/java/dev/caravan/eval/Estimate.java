package dev.caravan.eval;

import dev.caravan.data.KeyedRandom;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// A mean with its bootstrap interval of 95 %: the 2.5th and 97.5th percentile of the means of resampled scores.
/// Where all scores are equal the interval is that point; it then says nothing about how sure the mean is.
///
/// @param n how many scores; 0 gives a mean and an interval of `NaN`
public record Estimate(double mean, double low, double high, int n) {
    private static final int RESAMPLES = 2_000;
    private static final double TAIL = 0.025;

    /// @param seed of the resampling; the same scores and seed give the same interval
    public static Estimate of(double[] scores, long seed) {
        return ofGroups(List.of(scores), seed);
    }

    /// The mean of the groups' means. Scores are resampled across groups, each with its group's weight.
    public static Estimate ofGroups(List<double[]> groups, long seed) {
        List<double[]> scored =
                groups.stream().filter(group -> group.length > 0).toList();
        if (scored.isEmpty()) return new Estimate(Double.NaN, Double.NaN, Double.NaN, 0);
        int n = scored.stream().mapToInt(group -> group.length).sum();
        return of(meanOfMeans(scored), resampledMeans(scored, seed, "bootstrap"), n);
    }

    /// @param resampled means as they might have been with other items
    static Estimate of(double mean, double[] resampled, int n) {
        double[] means = resampled.clone();
        Arrays.sort(means);
        return new Estimate(mean, quantile(means, TAIL), quantile(means, 1 - TAIL), n);
    }

    /// How much better `after` is than `before`, item by item: score `i` of both belongs to the same item. An
    /// interval without 0 is a difference that chance does not explain.
    public static Estimate ofDifference(double[] before, double[] after, long seed) {
        if (before.length != after.length) {
            throw new IllegalArgumentException(
                    "paired scores must be equally many, got %d and %d".formatted(before.length, after.length));
        }
        double[] differences = new double[before.length];
        Arrays.setAll(differences, i -> after[i] - before[i]);
        return of(differences, seed);
    }

    public boolean excludesZero() {
        return low > 0 || high < 0;
    }

    /// The groups' means of means, of scores that are resampled across groups, none of which is empty.
    ///
    /// @param purpose keeps draws for different things apart
    static double[] resampledMeans(List<double[]> groups, long seed, String purpose) {
        double[] scores = groups.stream().flatMapToDouble(Arrays::stream).toArray();
        double[] weights = weights(groups, scores.length);
        RandomGenerator random = KeyedRandom.of(seed, purpose, 0);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            double weight = 0;
            for (int j = 0; j < scores.length; j++) {
                int drawn = random.nextInt(scores.length);
                sum += weights[drawn] * scores[drawn];
                weight += weights[drawn];
            }
            means[i] = sum / weight;
        }
        return means;
    }

    /// Of each score; every group weighs the same, and all scores of a single group weigh 1.
    private static double[] weights(List<double[]> groups, int scores) {
        return groups.stream()
                .flatMapToDouble(group -> Arrays.stream(group)
                        .map(_ -> groups.size() == 1 ? 1 : (double) scores / (groups.size() * group.length)))
                .toArray();
    }

    /// The value below which a share `q` of the sorted values lies, interpolated between the two nearest.
    private static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    static double meanOfMeans(List<double[]> groups) {
        return groups.stream()
                .mapToDouble(group -> Arrays.stream(group).sum() / group.length)
                .average()
                .orElseThrow();
    }
}

package dev.caravan.recipe;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.IntStream;

/// One measured quantity over the steps of a stage.
///
/// @param label the run it comes from, empty where there is only one
/// @param ink the run's place among the runs, which decides colour and dashes
/// @param steps ascending
/// @param values finite, one for each step
/// @param notFinite how many measurements were NaN or infinite and are left out
record ChartSeries(String label, int ink, long[] steps, double[] values, int notFinite) {
    static ChartSeries of(String label, int ink, SortedMap<Long, Double> measured) {
        long[] steps = measured.keySet().stream()
                .filter(step -> finite(measured, step))
                .mapToLong(Long::longValue)
                .toArray();
        double[] values = Arrays.stream(steps)
                .mapToDouble(step -> measured.getOrDefault(step, 0.0))
                .toArray();
        return new ChartSeries(label, ink, steps, values, measured.size() - steps.length);
    }

    private static boolean finite(SortedMap<Long, Double> measured, long step) {
        return Double.isFinite(measured.getOrDefault(step, Double.NaN));
    }

    int size() {
        return steps.length;
    }

    double last() {
        return values[values.length - 1];
    }

    double min() {
        return Arrays.stream(values).min().orElse(0);
    }

    double max() {
        return Arrays.stream(values).max().orElse(0);
    }

    /// The exponential moving average that remembers about a twentieth of the curve, corrected for its empty start as
    /// Adam corrects its moments: the first value is the first measurement.
    ChartSeries smoothed() {
        double keep = 1 - 2.0 / (Math.max(4, size() / 20.0) + 1);
        var smooth = new double[size()];
        double running = 0;
        double weight = 0;
        for (int i = 0; i < smooth.length; i++) {
            running = keep * running + (1 - keep) * values[i];
            weight = keep * weight + (1 - keep);
            smooth[i] = running / weight;
        }
        return new ChartSeries(label, ink, steps, smooth, notFinite);
    }

    /// At most `points` points: the smallest and the largest value of each stretch, so that no spike is lost.
    ChartSeries thinned(int points) {
        if (size() <= points) {
            return this;
        }
        int stretches = points / 2;
        int[] kept = IntStream.range(0, stretches)
                .flatMap(i -> extremes(
                        (int) ((long) i * size() / stretches), (int) ((long) (i + 1) * size() / stretches)))
                .distinct()
                .toArray();
        return at(kept);
    }

    /// The values at the same steps as `other`, which is this series thinned.
    ChartSeries at(ChartSeries other) {
        return at(Arrays.stream(other.steps).mapToInt(step -> Arrays.binarySearch(steps, step)).toArray());
    }

    private ChartSeries at(int[] kept) {
        return new ChartSeries(
                label,
                ink,
                Arrays.stream(kept).mapToLong(i -> steps[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> values[i]).toArray(),
                notFinite);
    }

    private IntStream extremes(int from, int to) {
        int low = from;
        int high = from;
        for (int i = from; i < to; i++) {
            low = values[i] < values[low] ? i : low;
            high = values[i] > values[high] ? i : high;
        }
        return IntStream.of(Math.min(low, high), Math.max(low, high));
    }
}

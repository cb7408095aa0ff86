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

    /// Whether the curve goes up and down so much that an average shows more than the measurements do: its way is
    /// more than three times its height. A learning rate that warms up and decays goes twice its height.
    boolean isRestless() {
        double way = IntStream.range(1, size())
                .mapToDouble(i -> Math.abs(values[i] - values[i - 1]))
                .sum();
        return way > 3 * (max() - min());
    }

    /// The local line through about a fifteenth of the curve, with weights that fall linearly to the window's ends;
    /// away from the curve's ends that is the centred moving average. An average of the past alone would lag
    /// behind the curve, and where the curve's end cuts the window an average would bend it.
    ChartSeries smoothed() {
        int reach = Math.max(2, size() / 30);
        double[] smooth =
                IntStream.range(0, size()).mapToDouble(i -> localLine(i, reach)).toArray();
        return new ChartSeries(label, ink, steps, smooth, notFinite);
    }

    /// The value at `centre` of the line that fits its neighbours best, by weighted least squares.
    private double localLine(int centre, int reach) {
        double w = 0;
        double wx = 0;
        double wy = 0;
        double wxx = 0;
        double wxy = 0;
        for (int i = Math.max(0, centre - reach); i <= Math.min(size() - 1, centre + reach); i++) {
            double x = i - centre;
            double weight = reach + 1 - Math.abs(x);
            w += weight;
            wx += weight * x;
            wy += weight * values[i];
            wxx += weight * x * x;
            wxy += weight * x * values[i];
        }
        double spread = w * wxx - wx * wx;
        return spread == 0 ? wy / w : (wy * wxx - wx * wxy) / spread;
    }

    /// At most `points` points: the smallest and the largest value of each stretch, so that no spike is lost.
    ChartSeries thinned(int points) {
        if (size() <= points) {
            return this;
        }
        int stretches = points / 2;
        int[] kept = IntStream.range(0, stretches)
                .flatMap(i ->
                        extremes((int) ((long) i * size() / stretches), (int) ((long) (i + 1) * size() / stretches)))
                .distinct()
                .toArray();
        return at(kept);
    }

    /// The values at the same steps as `other`, which is this series thinned.
    ChartSeries at(ChartSeries other) {
        return at(Arrays.stream(other.steps)
                .mapToInt(step -> Arrays.binarySearch(steps, step))
                .toArray());
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

package dev.caravan.curate;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/// Numbers of rows in a few figures. A percentile is the smallest number that so many in a hundred do not exceed.
public record Distribution(long total, double mean, int min, int p25, int p50, int p75, int p95, int p99, int max) {
    static Distribution of(IntArrayList numbers) {
        if (numbers.isEmpty()) return new Distribution(0, 0, 0, 0, 0, 0, 0, 0, 0);
        int[] sorted = numbers.toIntArray();
        Arrays.sort(sorted);
        long total = Arrays.stream(sorted).asLongStream().sum();
        return new Distribution(
                total,
                (double) total / sorted.length,
                sorted[0],
                percentile(sorted, 25),
                percentile(sorted, 50),
                percentile(sorted, 75),
                percentile(sorted, 95),
                percentile(sorted, 99),
                sorted[sorted.length - 1]);
    }

    private static int percentile(int[] sorted, int percent) {
        return sorted[(int) (((long) percent * sorted.length + 99) / 100) - 1];
    }
}

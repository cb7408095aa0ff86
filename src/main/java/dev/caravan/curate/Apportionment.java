package dev.caravan.curate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Whole numbers in proportion to shares, by the method of largest remainders (Hamilton).
final class Apportionment {
    private Apportionment() {}

    /// Numbers that add up to `total`, each the rounded-down or rounded-up part of its weight; of equal
    /// remainders the first is rounded up first.
    static long[] of(long total, double[] weights) {
        double sum = Arrays.stream(weights).sum();
        double[] exact = Arrays.stream(weights)
                .map(weight -> sum == 0 ? 0 : total * (weight / sum))
                .toArray();
        long[] whole = Arrays.stream(exact)
                .mapToLong(part -> (long) Math.floor(part + 1e-9))
                .toArray();
        long left = sum == 0 ? 0 : total - Arrays.stream(whole).sum();
        IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> whole[i] - exact[i]))
                .limit(left)
                .forEach(i -> whole[i]++);
        return whole;
    }
}

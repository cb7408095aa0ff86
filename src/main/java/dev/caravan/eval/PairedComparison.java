package dev.caravan.eval;

import dev.caravan.data.KeyedRandom;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Two models on the same items: how much better the second is, and how likely a difference at least as large is if
/// neither is better.
///
/// Where every item is right or wrong and all weigh the same, the p-value is that of McNemar's exact test: the
/// items on which the models differ are tosses of a fair coin. Otherwise the signs of the items' differences are
/// tossed ([Fisher's permutation test](https://doi.org/10.1214/aos/1176350608)), seeded, the observed signs
/// counted in.
///
/// @param difference of the scores, second less first, with its paired bootstrap interval
/// @param pValue two-sided
public record PairedComparison(Estimate difference, double pValue) {
    private static final int PERMUTATIONS = 10_000;
    private static final double ROUNDING = 1e-12;

    /// @param differences of each group's items, second model less first
    public static PairedComparison of(List<double[]> differences, long seed) {
        List<double[]> groups =
                differences.stream().filter(group -> group.length > 0).toList();
        Estimate estimate = Estimate.ofGroups(groups, seed);
        if (groups.isEmpty()) return new PairedComparison(estimate, 1);
        boolean tosses =
                groups.size() == 1 && Arrays.stream(groups.getFirst()).allMatch(d -> d == 0 || d == 1 || d == -1);
        return new PairedComparison(estimate, tosses ? mcNemar(groups.getFirst()) : permutation(groups, seed));
    }

    private static double mcNemar(double[] differences) {
        int better = (int) Arrays.stream(differences).filter(d -> d > 0).count();
        int worse = (int) Arrays.stream(differences).filter(d -> d < 0).count();
        return twoSided(better + worse, Math.min(better, worse));
    }

    /// Twice the chance of `few` heads or fewer in `tosses` tosses of a fair coin, 1 at most.
    static double twoSided(int tosses, int few) {
        double logTerm = -tosses * Math.log(2); // C(tosses, 0) / 2^tosses
        double sum = Math.exp(logTerm);
        for (int i = 1; i <= few; i++) {
            logTerm += Math.log(tosses - i + 1) - Math.log(i);
            sum += Math.exp(logTerm);
        }
        return Math.min(1, 2 * sum);
    }

    private static double permutation(List<double[]> groups, long seed) {
        double observed = Math.abs(Estimate.meanOfMeans(groups));
        RandomGenerator random = KeyedRandom.of(seed, "permutation", 0);
        int asLarge = 1;
        for (int i = 0; i < PERMUTATIONS; i++) {
            double mean = groups.stream()
                    .mapToDouble(group -> tossed(group, random))
                    .average()
                    .orElseThrow();
            if (Math.abs(mean) >= observed - ROUNDING) asLarge++;
        }
        return (double) asLarge / (PERMUTATIONS + 1);
    }

    private static double tossed(double[] differences, RandomGenerator random) {
        double sum = 0;
        for (double difference : differences) {
            sum += random.nextBoolean() ? difference : -difference;
        }
        return sum / differences.length;
    }
}

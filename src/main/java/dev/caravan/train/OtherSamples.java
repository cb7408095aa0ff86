package dev.caravan.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/// What the other samples of a prompt scored: a baseline that does not depend on the sample itself.
final class OtherSamples {
    private OtherSamples() {}

    /// The mean score of the others; a sample without others is its own baseline.
    static double[] means(double[] scores) {
        if (scores.length < 2) {
            return scores.clone();
        }
        double sum = Arrays.stream(scores).sum();
        return Arrays.stream(scores).map(s -> (sum - s) / (scores.length - 1)).toArray();
    }

    /// The unbiased deviation of the others; 0 where there are fewer than two.
    static double[] deviations(double[] scores) {
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> deviation(others(scores, i)))
                .toArray();
    }

    private static double[] others(double[] scores, int one) {
        return IntStream.range(0, scores.length)
                .filter(i -> i != one)
                .mapToDouble(i -> scores[i])
                .toArray();
    }

    private static double deviation(double[] scores) {
        if (scores.length < 2) {
            return 0;
        }
        double mean = Arrays.stream(scores).sum() / scores.length;
        double squares = Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).sum();
        return Math.sqrt(squares / (scores.length - 1));
    }
}

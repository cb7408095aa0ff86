package dev.caravan.train;

import dev.caravan.config.Default;
import java.util.List;

/// How the token losses of a mini-batch of trajectories are averaged.
public sealed interface TokenAverage {
    /// The weight of a token of each sequence, given how many tokens each has; over all tokens they add up to 1.
    double[] weights(List<Integer> tokens);

    /// Over all tokens of the mini-batch.
    record WholeTokenAverage() implements TokenAverage {
        @Override
        public double[] weights(List<Integer> tokens) {
            long total = tokens.stream().mapToLong(Integer::longValue).sum();
            return tokens.stream().mapToDouble(_ -> 1.0 / total).toArray();
        }
    }

    /// Over the tokens of each micro-batch, then over the micro-batches: what the released code computes.
    ///
    /// @param sequences trajectories in a micro-batch
    record MicroBatchTokenAverage(@Default("2") int sequences) implements TokenAverage {
        public MicroBatchTokenAverage {
            if (sequences < 1) {
                throw new IllegalArgumentException("sequences must be positive, got " + sequences);
            }
        }

        @Override
        public double[] weights(List<Integer> tokens) {
            int parts = Math.ceilDiv(tokens.size(), sequences);
            var weights = new double[tokens.size()];
            for (int from = 0; from < weights.length; from += sequences) {
                int to = Math.min(from + sequences, weights.length);
                long own = tokens.subList(from, to).stream()
                        .mapToLong(Integer::longValue)
                        .sum();
                java.util.Arrays.fill(weights, from, to, 1.0 / own / parts);
            }
            return weights;
        }
    }
}

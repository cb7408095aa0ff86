package dev.caravan.train;

import dev.caravan.config.Default;
import java.util.Arrays;

/// Corrects for a generator that computes probabilities a little differently from the trainer (other kernels, another
/// precision): each token's loss counts π_old/π_generation times, truncated so that no token counts too much
/// ([Yao et al. 2025](https://fengyao.notion.site/off-policy-rl)).
public sealed interface ImportanceWeight {
    double min();

    double max();

    /// The weights of one trajectory's tokens before they are truncated.
    double[] untruncated(float[] old, float[] generation);

    /// The weights of one trajectory's tokens.
    default double[] of(float[] old, float[] generation) {
        return Arrays.stream(untruncated(old, generation)).map(this::truncate).toArray();
    }

    /// The share of tokens whose weight lies outside the bounds.
    default double shareTruncated(float[] old, float[] generation) {
        return Arrays.stream(untruncated(old, generation))
                .map(w -> w < min() || w > max() ? 1 : 0)
                .average()
                .orElse(0);
    }

    private double truncate(double weight) {
        return Math.clamp(weight, min(), max());
    }

    /// Each token by its own probabilities.
    ///
    /// @param min a lower weight counts as this
    /// @param max a higher weight counts as this
    record TokenImportanceWeight(
            @Default("0") double min, @Default("2") double max) implements ImportanceWeight {
        public TokenImportanceWeight {
            checkBounds(min, max);
        }

        @Override
        public double[] untruncated(float[] old, float[] generation) {
            var weights = new double[old.length];
            for (int t = 0; t < weights.length; t++) {
                weights[t] = Math.exp((double) old[t] - generation[t]);
            }
            return weights;
        }
    }

    /// All tokens by the probabilities of the whole completion.
    ///
    /// @param min a lower weight counts as this
    /// @param max a higher weight counts as this
    record SequenceImportanceWeight(
            @Default("0") double min, @Default("2") double max) implements ImportanceWeight {
        public SequenceImportanceWeight {
            checkBounds(min, max);
        }

        @Override
        public double[] untruncated(float[] old, float[] generation) {
            double logRatio = 0;
            for (int t = 0; t < old.length; t++) {
                logRatio += (double) old[t] - generation[t];
            }
            var weights = new double[old.length];
            Arrays.fill(weights, Math.exp(logRatio));
            return weights;
        }
    }

    private static void checkBounds(double min, double max) {
        if (!(min >= 0 && min <= 1)) {
            throw new IllegalArgumentException("min must lie between 0 and 1, got " + min);
        }
        if (!(max > 0)) {
            throw new IllegalArgumentException("max must be positive, got " + max);
        }
        if (max < min) {
            throw new IllegalArgumentException("max must not be below min (" + min + "), got " + max);
        }
    }
}

package dev.caravan.train;

import dev.caravan.config.Default;

/// How token losses become one number to minimise.
public sealed interface Reduction {
    /// The weight of each trained token of a step that has `tokens` of them.
    double weight(long tokens);

    /// Every token counts 1: Tülu 3's choice ([section 4.3](https://arxiv.org/abs/2411.15124)). The released code
    /// divides the sum by accumulation steps times processes; with clipping at norm 1 only the first steps of Adam
    /// feel the difference.
    ///
    /// @param divisor accumulation steps × processes of the run to be matched
    record Sum(@Default("1") double divisor) implements Reduction {
        public Sum {
            if (!(divisor > 0)) {
                throw new IllegalArgumentException("divisor must be positive, got " + divisor);
            }
        }

        @Override
        public double weight(long tokens) {
            return 1 / divisor;
        }
    }

    /// Every token of the step counts the same and they add up to 1, whatever the micro-batches.
    record Mean() implements Reduction {
        @Override
        public double weight(long tokens) {
            return 1.0 / tokens;
        }
    }
}

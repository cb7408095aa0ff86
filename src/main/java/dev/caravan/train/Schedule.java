package dev.caravan.train;

import dev.caravan.config.Default;

/// How the learning rate changes over the steps of a training run. Every kind begins with a linear warm-up over
/// ⌊steps · warmup_ratio⌋ steps; the first step of a warm-up has the rate 0, as in the reference implementation.
public sealed interface Schedule {
    double warmupRatio();

    /// The share of the peak rate after the warm-up.
    ///
    /// @param progress 0 at the end of the warm-up, 1 after the last step
    double afterWarmup(double progress);

    /// The share of the peak rate at a step, counted from 0.
    default double factor(long step, long steps) {
        return factor(step, (long) Math.floor(steps * warmupRatio() + 1e-9), steps);
    }

    /// As [#factor(long, long)], with the warm-up given in steps.
    default double factor(long step, long warmup, long steps) {
        if (step < warmup) {
            return (double) step / warmup;
        }
        return afterWarmup((double) (step - warmup) / Math.max(1, steps - warmup));
    }

    /// Falls in a straight line to 0.
    ///
    /// @param warmupRatio share of the steps in which the rate climbs from 0 to its peak
    record LinearSchedule(@Default("0") double warmupRatio) implements Schedule {
        public LinearSchedule {
            checkRatio(warmupRatio);
        }

        @Override
        public double afterWarmup(double progress) {
            return Math.max(0, 1 - progress);
        }
    }

    /// Falls along half a cosine to 0.
    ///
    /// @param warmupRatio share of the steps in which the rate climbs from 0 to its peak
    record CosineSchedule(@Default("0") double warmupRatio) implements Schedule {
        public CosineSchedule {
            checkRatio(warmupRatio);
        }

        @Override
        public double afterWarmup(double progress) {
            return Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
        }
    }

    /// Stays at the peak.
    ///
    /// @param warmupRatio share of the steps in which the rate climbs from 0 to its peak
    record ConstantSchedule(@Default("0") double warmupRatio) implements Schedule {
        public ConstantSchedule {
            checkRatio(warmupRatio);
        }

        @Override
        public double afterWarmup(double progress) {
            return 1;
        }
    }

    private static void checkRatio(double ratio) {
        if (!(ratio >= 0 && ratio < 1)) {
            throw new IllegalArgumentException("warmup_ratio must lie in [0, 1), got " + ratio);
        }
    }
}

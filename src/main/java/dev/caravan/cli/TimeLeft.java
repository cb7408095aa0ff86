package dev.caravan.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Estimates how long the remaining steps take, from a moving average of the time a step took. Steps done before the
/// first look, such as those of a checkpoint, say nothing about the speed and do not count.
final class TimeLeft {
    /// The share of the average that one more step leaves: about the last twenty steps count.
    private static final double KEEP = 0.95;

    private @Nullable Instant previous;
    private long step;
    private double weighted;
    private double weight;

    void reached(long newStep, Instant now) {
        if (previous != null && newStep > step) {
            double secondsPerStep = Duration.between(previous, now).toNanos() / 1e9 / (newStep - step);
            double keep = Math.pow(KEEP, newStep - step);
            weighted = keep * weighted + (1 - keep) * secondsPerStep;
            weight = keep * weight + 1 - keep;
        }
        if (previous == null || newStep > step) {
            previous = now;
            step = newStep;
        }
    }

    /// @param steps how many there are in all, 0 when nobody knows
    OptionalDouble seconds(long steps) {
        return weight == 0 || steps < step
                ? OptionalDouble.empty()
                : OptionalDouble.of((steps - step) * weighted / weight);
    }
}

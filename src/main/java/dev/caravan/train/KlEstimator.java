package dev.caravan.train;

import dev.caravan.tensor.Tensor;

/// Estimates of the distance KL(policy ‖ reference) from the log-probability of a drawn token under both
/// ([Schulman 2020](http://joschu.net/blog/kl-approx.html)).
public enum KlEstimator {
    /// The log ratio: unbiased, and negative half the time.
    K1,
    /// Half the squared log ratio: biased, never negative.
    K2,
    /// exp(−log ratio) − 1 + log ratio: unbiased, never negative.
    K3;

    /// @param logRatio ln π − ln π_ref of each token, `[tokens]`
    Tensor of(Tensor logRatio) {
        return switch (this) {
            case K1 -> logRatio;
            case K2 -> logRatio.square().div(2);
            case K3 -> logRatio.neg().exp().minus(1).plus(logRatio);
        };
    }

    double of(double logRatio) {
        return switch (this) {
            case K1 -> logRatio;
            case K2 -> logRatio * logRatio / 2;
            case K3 -> Math.expm1(-logRatio) + logRatio;
        };
    }
}

package dev.caravan.train;

import dev.caravan.config.Default;
import dev.caravan.tensor.Tensor;

/// The clipped surrogate of PPO, [equation 7](https://arxiv.org/abs/1707.06347).
///
/// @param clipLow how far the ratio of new to old probability may fall below 1 before its gradient is cut
/// @param clipHigh how far it may rise above 1
public record PolicyLoss(@Default("0.2") double clipLow, @Default("0.2") double clipHigh) {
    public PolicyLoss {
        if (!(clipLow > 0 && clipLow < 1)) {
            throw new IllegalArgumentException("clip_low must lie between 0 and 1, got " + clipLow);
        }
        if (!(clipHigh > 0)) {
            throw new IllegalArgumentException("clip_high must be positive, got " + clipHigh);
        }
    }

    /// The loss of each token, `[tokens]`.
    public Tensor of(Tensor logp, Tensor oldLogp, Tensor advantage) {
        Tensor ratio = logp.minus(oldLogp).exp();
        Tensor unclipped = ratio.times(advantage);
        Tensor clipped = ratio.clamp(1 - clipLow, 1 + clipHigh).times(advantage);
        return unclipped.min(clipped).neg();
    }
}

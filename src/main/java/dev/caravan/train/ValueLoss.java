package dev.caravan.train;

import dev.caravan.config.Default;
import dev.caravan.tensor.Tensor;

/// Half the squared error of the value function, the larger of plain and clipped, as PPO's reference implementation.
///
/// @param clip how far a value may move from its old one before its gradient is cut
/// @param coefficient weight of this loss
public record ValueLoss(
        @Default("0.2") double clip, @Default("0.1") double coefficient) {
    public ValueLoss {
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip must be positive, got " + clip);
        }
        if (!(coefficient > 0)) {
            throw new IllegalArgumentException("coefficient must be positive, got " + coefficient);
        }
    }

    /// The loss of each position, `[positions]`, coefficient included.
    public Tensor of(Tensor value, Tensor oldValue, Tensor returns) {
        Tensor clipped = oldValue.plus(value.minus(oldValue).clamp(-clip, clip));
        Tensor error = value.minus(returns).square();
        Tensor clippedError = clipped.minus(returns).square();
        return error.max(clippedError).times(0.5 * coefficient);
    }
}

package dev.caravan.model;

import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;

/// Rotary position embedding, [equation 34](https://arxiv.org/abs/2104.09864), in the half-split layout of the
/// published Llama weights.
final class Rotary {
    private final float[] frequencies; // radians a position, [width / 2]

    Rotary(ModelConfig config) {
        double[] exact = config.rope().frequencies(config.headDimension());
        frequencies = new float[exact.length];
        for (int i = 0; i < exact.length; i++) {
            frequencies[i] = (float) exact[i];
        }
    }

    /// Cosines and sines for rows at these positions: `[tokens, 1, width]` each.
    Angles at(int[] positions, Precision precision) {
        int half = frequencies.length;
        var cos = new float[positions.length * 2 * half];
        var sin = new float[positions.length * 2 * half];
        for (int row = 0; row < positions.length; row++) {
            for (int i = 0; i < half; i++) {
                float angle = positions[row] * frequencies[i]; // float32, as the reference computes it
                int at = row * 2 * half + i;
                cos[at] = cos[at + half] = (float) Math.cos(angle);
                sin[at] = -(float) Math.sin(angle);
                sin[at + half] = -sin[at];
            }
        }
        return new Angles(
                Tensor.of(cos, positions.length, 1, 2 * half).to(precision),
                Tensor.of(sin, positions.length, 1, 2 * half).to(precision));
    }

    /// @param sin with the sign of the rotated half already in it
    record Angles(Tensor cos, Tensor sin) {
        /// The other way round: also how a gradient goes back through [#rotate].
        Angles back() {
            return new Angles(cos, sin.neg());
        }

        /// Rotates `[tokens, heads, width]`.
        Tensor rotate(Tensor x) {
            return rotate(x, x.uninitialisedLike());
        }

        /// The same into another tensor of that shape.
        Tensor rotate(Tensor x, Tensor rotated) {
            long half = x.size(2) / 2;
            rotated.productInPlace(x, cos);
            rotated.narrow(2, 0, half).plusProductInPlace(x.narrow(2, half, half), sin.narrow(2, 0, half), 1);
            rotated.narrow(2, half, half).plusProductInPlace(x.narrow(2, 0, half), sin.narrow(2, half, half), 1);
            return rotated;
        }
    }
}

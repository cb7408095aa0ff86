package dev.caravan.model;

import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;

/// One number read off a hidden state: a value or a reward.
public final class ScalarHead {
    private final Parameter weight; // [1, hidden]

    ScalarHead(Parameter weight) {
        this.weight = weight;
    }

    /// The number of each of these rows, computed in float32.
    public float[] values(Tensor hidden, int[] rows) {
        try (var _ = NoGradient.on()) {
            return chosen(hidden, rows).linear(weight.master()).toFloats();
        }
    }

    /// Pushes the gradient of Σ coefficient · value into the weight and returns what it is for the hidden states,
    /// `[tokens, hidden]`.
    public Tensor backward(Tensor hidden, int[] rows, float[] coefficients) {
        try (var _ = NoGradient.on()) {
            Tensor column = Tensor.of(coefficients, coefficients.length, 1);
            weight.addGradient(column.transpose(0, 1).matmul(chosen(hidden, rows)));
            return Tensor.zeros(Precision.FLOAT32, hidden.shape())
                    .addRowsInPlace(Tensor.of(rows), column.matmul(weight.master()))
                    .to(hidden.precision());
        }
    }

    private static Tensor chosen(Tensor hidden, int[] rows) {
        return hidden.rows(Tensor.of(rows)).to(Precision.FLOAT32);
    }
}

package dev.caravan.model;

import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;

/// Root-mean-square normalisation, [equation 4](https://arxiv.org/abs/1910.07467): x̂ = x / √(mean x² + ε), times a
/// weight.
///
/// With h the gradient of the output times the weight, the gradient of the input is (h − x̂ · mean(h · x̂)) /
/// √(mean x² + ε). Both ways are computed in float32.
record RmsNorm(Parameter weight, double epsilon) implements Unit {
    @Override
    public Tensor forward(Tensor x, Tape tape) {
        tape.keep(x);
        return x.rmsNorm(weight.value(), epsilon);
    }

    /// @return in float32, whatever the model's precision
    @Override
    public Tensor backward(Tensor gradient, Tape tape) {
        Tensor x = tape.take();
        long width = x.size(1);
        Tensor factor = x.rowNorms().square().div(width).plus(epsilon).reciprocalSqrt(); // [tokens, 1]
        Tensor normalised = x.times(factor);
        Tensor product = normalised.times(gradient);
        Tensor scale = weight.value().to(Precision.FLOAT32);
        // no matrix product: in float32 it would run in other threads than everything else, and they fight
        Tensor mean = product.times(scale).sum(1).unsqueeze(1).div(width); // [tokens, 1]
        if (weight.isTrained()) {
            weight.addGradient(product.sum(0));
        }
        return scale.times(gradient).plusProductInPlace(normalised, mean, -1).timesInPlace(factor);
    }
}

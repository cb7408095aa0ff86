package dev.caravan.model;

import dev.caravan.tensor.Precision;
import dev.caravan.tensor.RowNorm;
import dev.caravan.tensor.Tensor;

/// Root-mean-square normalisation, [equation 4](https://arxiv.org/abs/1910.07467): x̂ = x / √(mean x² + ε), times a
/// weight.
///
/// With h the gradient of the output times the weight, the gradient of the input is (h − x̂ · mean(h · x̂)) /
/// √(mean x² + ε). Both ways are computed in float32 and rounded to the model's precision.
record RmsNorm(Parameter weight, double epsilon) implements Unit {
    private static final int COLUMNS = 16; // the narrowest matrix that the engine multiplies by in its fast way

    @Override
    public Tensor forward(Tensor x, Tape tape) {
        Tensor meanSquares = x.rowNorms().square().div(x.size(1)); // [tokens, 1]
        tape.keep(x);
        tape.keep(meanSquares);
        Tensor normalised = RowNorm.normalised(x, meanSquares.view(-1), epsilon);
        return tape.insteadOf(normalised).productInPlace(normalised, weight.value());
    }

    @Override
    public Tensor backward(Tensor gradient, Tape tape) {
        Tensor factor = tape.take().plus(epsilon).reciprocalSqrt();
        Tensor x = tape.take();
        Tensor scale = weight.value();
        Tensor column = Tensor.zeros(Precision.FLOAT32, scale.count(), COLUMNS).like(scale);
        column.narrow(1, 0, 1).copyInPlace(scale.unsqueeze(1));
        RowNorm.Gradients gradients = RowNorm.backward(gradient, x, factor, scale.to(Precision.FLOAT32), column);
        if (weight.isTrained()) {
            weight.addGradient(gradients.weight());
        }
        return gradients.input();
    }
}

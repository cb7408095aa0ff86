package dev.caravan.model;

import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;

/// `x + inner(norm(x))`: how a block adds to the stream.
record Residual(RmsNorm norm, Unit inner) implements Unit {
    @Override
    public Tensor forward(Tensor x, Tape tape) {
        return x.plus(inner.forward(norm.forward(x, tape), tape));
    }

    @Override
    public Tensor backward(Tensor gradient, Tape tape) {
        Tensor ofNorm = inner.backward(gradient, tape);
        Tensor sum = norm.backward(ofNorm, tape).plusInPlace(gradient.to(Precision.FLOAT32));
        return gradient.spacedLike().copyInPlace(sum);
    }
}

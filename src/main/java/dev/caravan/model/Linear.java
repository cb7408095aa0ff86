package dev.caravan.model;

import dev.caravan.tensor.Tensor;

/// `x · weightᵀ`.
///
/// @param weight `[out, in]`
record Linear(Parameter weight) implements Unit {
    @Override
    public Tensor forward(Tensor x, Tape tape) {
        tape.keep(x);
        return weight.spacedLinear(x);
    }

    /// The same with rows that lie close together, to be read as heads.
    Tensor denseForward(Tensor x, Tape tape) {
        tape.keep(x);
        return weight.linear(x);
    }

    @Override
    public Tensor backward(Tensor gradient, Tape tape) {
        return backward(
                gradient, tape, gradient.spaced(gradient.size(0), weight.value().size(1)));
    }

    /// The same with a place for the gradient of the input.
    Tensor backward(Tensor gradient, Tape tape, Tensor ofInput) {
        weight.addProduct(gradient.transpose(0, 1), tape.take());
        return ofInput.matmulInPlace(gradient, weight.value());
    }
}

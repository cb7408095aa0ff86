package dev.caravan.model;

import dev.caravan.tensor.Tensor;

/// `x · weightᵀ`.
///
/// @param weight `[out, in]`
record Linear(Parameter weight) implements Unit {
    @Override
    public Tensor forward(Tensor x, Tape tape) {
        tape.keep(x);
        return weight.linear(x);
    }

    @Override
    public Tensor backward(Tensor gradient, Tape tape) {
        return backward(gradient, tape.take());
    }

    /// The same where the input is at hand.
    Tensor backward(Tensor gradient, Tensor x) {
        weight.addProduct(gradient.transpose(0, 1), x);
        return gradient.matmul(weight.value());
    }

    /// Forward without a note of the input, which the way back has to bring along.
    Tensor forward(Tensor x) {
        return weight.linear(x);
    }
}

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
        weight.addProduct(gradient.transpose(0, 1), tape.take());
        return gradient.matmul(weight.value());
    }
}

package dev.caravan.model;

import dev.caravan.tensor.Tensor;

/// A part of a trunk that knows its own derivative. The engine's record of gradients is not used: what is kept, and
/// what is computed again, is decided here.
interface Unit {
    /// `[tokens, hidden] → [tokens, hidden]`.
    Tensor forward(Tensor x, Tape tape);

    /// Adds to the gradients of its weights and returns the gradient of its input. Takes from the tape in the
    /// opposite order of [#forward].
    ///
    /// @param gradient of what [#forward] returned; left as it is
    Tensor backward(Tensor gradient, Tape tape);
}

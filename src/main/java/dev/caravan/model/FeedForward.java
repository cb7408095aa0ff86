package dev.caravan.model;

import dev.caravan.tensor.Tensor;

/// SwiGLU, [equation 6](https://arxiv.org/abs/2002.05202): `down(silu(gate) · up)`.
///
/// @param gateUp rows: gate, up
record FeedForward(Linear gateUp, Linear down) implements Unit {
    @Override
    public Tensor forward(Tensor x, Tape tape) {
        Tensor both = gateUp.forward(x, tape); // [tokens, 2 · intermediate]
        Tensor activated = half(both, 0).silu();
        tape.keep(both);
        tape.keep(activated);
        return down.forward(tape.insteadOf(activated).productInPlace(activated, half(both, 1)), tape);
    }

    @Override
    public Tensor backward(Tensor gradient, Tape tape) {
        Tensor ofProduct = down.backward(gradient, tape);
        Tensor activated = tape.take();
        Tensor both = tape.take();
        Tensor gate = half(both, 0);
        Tensor up = half(both, 1);
        Tensor ofBoth = both.spacedLike();
        half(ofBoth, 1).productInPlace(activated, ofProduct);
        half(ofBoth, 0).siluGradientInPlace(ofProduct.timesInPlace(up), gate);
        return gateUp.backward(ofBoth, tape);
    }

    private static Tensor half(Tensor both, int which) {
        long width = both.size(1) / 2;
        return both.narrow(1, which * width, width);
    }
}

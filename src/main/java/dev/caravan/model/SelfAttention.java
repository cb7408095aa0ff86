package dev.caravan.model;

import dev.caravan.tensor.Tensor;

/// Attention with rotated queries and keys; groups of query heads share a key-value head
/// ([arXiv 2305.13245](https://arxiv.org/abs/2305.13245)).
///
/// @param queryKeyValue rows: query, key, value
/// @param heads query heads
/// @param shared key-value heads
record SelfAttention(int layer, Linear queryKeyValue, Linear out, int heads, int shared, int width) {
    Tensor forward(Tensor x, Rotary.Angles angles, Attention attention, Tape tape) {
        Tensor projected = queryKeyValue.denseForward(x, tape).view(x.size(0), heads + 2L * shared, width);
        Tensor rotated = angles.rotate(projected.narrow(1, 0, heads + shared)); // queries and keys
        Tensor seen = attention.attend(layer, new Heads(rotated, projected, heads, shared), tape);
        return out.forward(seen, tape);
    }

    /// What these rows make of each other, as a unit that can be run backward.
    Unit among(Rotary.Angles angles, SegmentAttention attention) {
        return new Among(this, angles, attention);
    }

    private record Among(SelfAttention of, Rotary.Angles angles, SegmentAttention attention) implements Unit {
        @Override
        public Tensor forward(Tensor x, Tape tape) {
            return of.forward(x, angles, attention, tape);
        }

        @Override
        public Tensor backward(Tensor gradient, Tape tape) {
            Tensor ofSeen = attention.gradientRoom(gradient.precision(), of.width);
            of.out.backward(gradient, tape, attention.tokensOf(ofSeen));
            SegmentAttention.Gradient heads = attention.backward(ofSeen, tape);
            long count = of.heads + 2L * of.shared;
            Tensor projected = gradient.spaced(gradient.size(0), count * of.width);
            Tensor parts = projected.view(gradient.size(0), count, of.width);
            Rotary.Angles back = angles.back();
            back.rotate(heads.queries(), parts.narrow(1, 0, of.heads));
            back.rotate(heads.keys(), parts.narrow(1, of.heads, of.shared));
            parts.narrow(1, of.heads + of.shared, of.shared).copyInPlace(heads.values());
            return of.queryKeyValue.backward(projected, tape);
        }
    }
}

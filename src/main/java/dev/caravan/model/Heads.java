package dev.caravan.model;

import dev.caravan.tensor.Tensor;

/// Queries, keys and values of some tokens, as a block hands them to its attention.
///
/// @param rotated `[tokens, heads + key-value heads, width]`: queries, then keys, both rotated
/// @param projected `[tokens, heads + 2 · key-value heads, width]`: queries, keys and values before rotation
/// @param count query heads
/// @param shared key-value heads, each for `count / shared` query heads
record Heads(Tensor rotated, Tensor projected, int count, int shared) {
    int group() {
        return count / shared;
    }

    long width() {
        return rotated.size(2);
    }

    long tokens() {
        return rotated.size(0);
    }

    Tensor query() {
        return rotated.narrow(1, 0, count);
    }

    Tensor key() {
        return rotated.narrow(1, count, shared);
    }

    Tensor value() {
        return projected.narrow(1, count + shared, shared);
    }
}

package dev.caravan.model;

import dev.caravan.tensor.Tensor;

/// Who may look at whom: the one part of a block in which rows meet.
interface Attention {
    /// @param query `[tokens, heads, width]`, rotated
    /// @param key `[tokens, key-value heads, width]`, rotated
    /// @param value `[tokens, key-value heads, width]`
    /// @return `[tokens, heads · width]`
    Tensor attend(int layer, Tensor query, Tensor key, Tensor value);
}

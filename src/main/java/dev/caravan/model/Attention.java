package dev.caravan.model;

/// Who may look at whom: the one part of a block in which rows meet.
interface Attention {
    /// @return `[tokens, heads · width]`
    dev.caravan.tensor.Tensor attend(int layer, Heads heads);
}

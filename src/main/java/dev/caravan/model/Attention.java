package dev.caravan.model;

import dev.caravan.tensor.Tensor;

/// Who may look at whom: the one part of a block in which rows meet.
interface Attention {
    /// @return `[tokens, heads · width]`
    Tensor attend(int layer, Heads heads, Tape tape);
}

package dev.caravan.model;

/// What a training pass keeps of each block between its forward and its backward.
public enum Activations {
    /// Everything that the backward pass needs.
    KEPT,
    /// The block's input alone; the rest is computed a second time: a third more work for a fraction of the memory.
    RECOMPUTED
}

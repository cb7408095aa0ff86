package dev.caravan.curate;

/// Makes vectors of texts that are near each other where the texts mean alike.
@FunctionalInterface
public interface Embedder {
    /// A vector of length 1. The same text always has the same one, and all vectors have as many components. Safe for
    /// many threads.
    float[] vector(String text);
}

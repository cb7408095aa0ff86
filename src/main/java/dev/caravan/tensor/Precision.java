package dev.caravan.tensor;

/// The number format of matrix products. Master weights, losses and optimiser state are float32 either way.
public enum Precision {
    FLOAT32,
    BFLOAT16;

    /// The name used on the command line and in recipes.
    public String label() {
        return this == FLOAT32 ? "float32" : "bfloat16";
    }
}

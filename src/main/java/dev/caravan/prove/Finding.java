package dev.caravan.prove;

import dev.caravan.tensor.Precision;

/// How a law fared on this machine.
///
/// @param difference the largest seen
public record Finding(String law, Precision precision, double difference, double bound) {
    /// Whether it holds; a difference that is no number breaks every law.
    public boolean holds() {
        return difference <= bound;
    }

    /// The one with the larger difference, or with one that is no number.
    Finding worse(Finding other) {
        return Double.compare(other.difference, difference) > 0 ? other : this;
    }
}

package dev.caravan.planted.train;

import dev.caravan.planted.tensor.Scope;

/// Opens a scope in a class whose business that is not.
final class PlantedScope {
    Scope opensScope() {
        return Scope.open();
    }
}

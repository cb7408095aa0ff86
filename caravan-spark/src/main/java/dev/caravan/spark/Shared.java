package dev.caravan.spark;

import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that every machine makes once, for all of its tasks, of what is sent to it. To be broadcast.
final class Shared<T> implements Serializable {
    /// How the value is made.
    interface Recipe<T> extends Supplier<T>, Serializable {}

    private final Recipe<T> recipe;
    private transient @Nullable T value;

    Shared(Recipe<T> recipe) {
        this.recipe = recipe;
    }

    synchronized T get() {
        T known = value;
        if (known != null) return known;
        T made = recipe.get();
        value = made;
        return made;
    }
}

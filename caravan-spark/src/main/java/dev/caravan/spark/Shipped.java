package dev.caravan.spark;

import dev.caravan.config.Binder;
import dev.caravan.config.Settings;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record of settings on its way to other machines, as the text of a recipe.
final class Shipped<T extends Record> implements Serializable {
    private final Class<T> type;
    private final String yaml;
    private transient volatile @Nullable T settings;

    private Shipped(Class<T> type, String yaml) {
        this.type = type;
        this.yaml = yaml;
    }

    static <T extends Record> Shipped<T> of(Class<T> type, T settings) {
        return new Shipped<>(type, Settings.yaml(settings));
    }

    T get() {
        T known = settings;
        if (known != null) return known;
        T bound = Binder.bind(type, "shipped settings", yaml, List.of()).get();
        settings = bound;
        return bound;
    }
}

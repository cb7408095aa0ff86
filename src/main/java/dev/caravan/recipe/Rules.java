package dev.caravan.recipe;

/// Rules that the keys of several stages share.
final class Rules {
    private Rules() {}

    static void positive(String key, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(key + " must be positive, got " + value);
        }
    }

    static void positive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be positive, got " + value);
        }
    }
}

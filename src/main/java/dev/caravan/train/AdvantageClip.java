package dev.caravan.train;

import dev.caravan.config.Default;

/// Bounds of the policy's advantages: no single token, however surprising its reward, moves the policy further.
///
/// @param low a lower advantage counts as this
/// @param high a higher advantage counts as this
public record AdvantageClip(
        @Default("-5") double low, @Default("5") double high) {
    public AdvantageClip {
        if (!(low < high)) {
            throw new IllegalArgumentException("low must be below high (" + high + "), got " + low);
        }
    }

    float[] of(float[] advantages) {
        var clipped = new float[advantages.length];
        for (int t = 0; t < clipped.length; t++) {
            clipped[t] = (float) Math.clamp((double) advantages[t], low, high);
        }
        return clipped;
    }
}

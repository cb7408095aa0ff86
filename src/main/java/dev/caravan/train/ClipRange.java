package dev.caravan.train;

import dev.caravan.tensor.Tensor;

/// How far the ratio of new to old probability may move from 1 before its gradient is cut.
record ClipRange(double low, double high) {
    ClipRange {
        if (!(low > 0 && low < 1)) {
            throw new IllegalArgumentException("clip_low must lie between 0 and 1, got " + low);
        }
        if (!(high > 0)) {
            throw new IllegalArgumentException("clip_high must be positive, got " + high);
        }
    }

    /// The smaller of plain and clipped ratio times advantage, `[tokens]`.
    Tensor surrogate(Tensor ratio, Tensor advantage) {
        Tensor unclipped = ratio.times(advantage);
        Tensor clipped = ratio.clamp(1 - low, 1 + high).times(advantage);
        return unclipped.min(clipped);
    }

    boolean cuts(double ratio, double advantage) {
        return advantage > 0 ? ratio > 1 + high : ratio < 1 - low;
    }
}

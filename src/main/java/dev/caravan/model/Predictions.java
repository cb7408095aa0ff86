package dev.caravan.model;

import java.util.Arrays;

/// Which rows of a flat batch predict which tokens: row `rows[i]` is asked for the probability of token `targets[i]`.
public record Predictions(int[] rows, int[] targets) {
    public Predictions {
        if (rows.length != targets.length) {
            throw new IllegalArgumentException(rows.length + " rows but " + targets.length + " targets");
        }
    }

    public int count() {
        return rows.length;
    }

    /// Collects predictions one by one.
    public static final class Builder {
        private int[] rows = new int[256];
        private int[] targets = new int[256];
        private int size;

        public void add(int row, int target) {
            if (size == rows.length) {
                rows = Arrays.copyOf(rows, 2 * size);
                targets = Arrays.copyOf(targets, 2 * size);
            }
            rows[size] = row;
            targets[size++] = target;
        }

        public int size() {
            return size;
        }

        public Predictions build() {
            return new Predictions(Arrays.copyOf(rows, size), Arrays.copyOf(targets, size));
        }
    }
}

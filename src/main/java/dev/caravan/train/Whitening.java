package dev.caravan.train;

import java.util.List;

/// Shift and scale to mean 0 and deviation 1 over all policy tokens of an iteration: the masked mean and the unbiased
/// masked variance plus 1e-8, as in the released code.
record Whitening(double mean, double scale) {
    private static final double EPSILON = 1e-8;

    static final Whitening NONE = new Whitening(0, 1);

    /// @param tokens how many leading entries of each array count
    static Whitening ofAll(List<double[]> values, List<Integer> tokens) {
        long count = tokens.stream().mapToLong(Integer::longValue).sum();
        double sum = 0;
        for (int i = 0; i < values.size(); i++) {
            for (int t = 0; t < tokens.get(i); t++) {
                sum += values.get(i)[t];
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < values.size(); i++) {
            for (int t = 0; t < tokens.get(i); t++) {
                squares += (values.get(i)[t] - mean) * (values.get(i)[t] - mean);
            }
        }
        return new Whitening(mean, 1 / Math.sqrt(squares / Math.max(1, count - 1) + EPSILON));
    }

    float[] shiftAndScale(double[] values) {
        var white = new float[values.length];
        for (int i = 0; i < white.length; i++) {
            white[i] = (float) ((values[i] - mean) * scale);
        }
        return white;
    }

    /// Scales only: what rewards get, whose mean carries meaning.
    double[] scale(double[] values) {
        return java.util.Arrays.stream(values).map(v -> v * scale).toArray();
    }
}

package dev.caravan.eval;

/// Logistic regression on probabilities, without intercept, that minimises
/// C Σᵢ loss(w, xᵢ, pᵢ) + ‖w‖₁ by Newton steps along one coordinate at a time
/// ([section 4](https://www.jmlr.org/papers/v11/yuan10c.html)).
final class LassoLogistic {
    private static final int MOST_SWEEPS = 500;
    private static final int MOST_HALVINGS = 40;
    private static final double ENOUGH = 1e-10;

    private final double[][] x;
    private final double[] p;
    private final double c;
    private final double[] weights;
    private final double[] margins;

    private LassoLogistic(double[][] x, double[] p, double c) {
        this.x = x;
        this.p = p;
        this.c = c;
        weights = new double[x[0].length];
        margins = new double[x.length];
    }

    /// @param x the features of each row
    /// @param p the probability that each row shows
    static double[] fit(double[][] x, double[] p, double c) {
        var fit = new LassoLogistic(x, p, c);
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            double moved = 0;
            for (int j = 0; j < fit.weights.length; j++) moved = Math.max(moved, Math.abs(fit.move(j)));
            if (moved < ENOUGH) break;
        }
        return fit.weights;
    }

    static double probability(double[] weights, double[] row) {
        return sigmoid(dot(weights, row));
    }

    /// The cross-entropy of the row's probability and the predicted one.
    static double loss(double[] weights, double[] row, double p) {
        return loss(dot(weights, row), p);
    }

    /// Moves one weight, and tells how far.
    private double move(int j) {
        double gradient = 0;
        double curvature = 1e-12;
        for (int i = 0; i < x.length; i++) {
            double q = sigmoid(margins[i]);
            gradient += c * (q - p[i]) * x[i][j];
            curvature += c * q * (1 - q) * x[i][j] * x[i][j];
        }
        double step = shrunk(weights[j] - gradient / curvature, 1 / curvature) - weights[j];
        double promised = gradient * step + Math.abs(weights[j] + step) - Math.abs(weights[j]);
        double before = lossAlong(j, 0) + Math.abs(weights[j]);
        for (int halving = 0; halving < MOST_HALVINGS && step != 0; halving++) {
            double after = lossAlong(j, step) + Math.abs(weights[j] + step);
            if (after <= before + 0.01 * promised) return take(j, step);
            step /= 2;
            promised /= 2;
        }
        return 0;
    }

    private double take(int j, double step) {
        weights[j] += step;
        for (int i = 0; i < x.length; i++) margins[i] += step * x[i][j];
        return step;
    }

    private double lossAlong(int j, double step) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += loss(margins[i] + step * x[i][j], p[i]);
        return c * sum;
    }

    private static double loss(double margin, double p) {
        return Math.max(margin, 0) - p * margin + Math.log1p(Math.exp(-Math.abs(margin)));
    }

    private static double shrunk(double value, double by) {
        return Math.signum(value) * Math.max(0, Math.abs(value) - by);
    }

    private static double sigmoid(double margin) {
        return 1 / (1 + Math.exp(-margin));
    }

    private static double dot(double[] weights, double[] row) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) sum += weights[j] * row[j];
        return sum;
    }
}

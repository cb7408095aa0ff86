package dev.caravan.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/// AlpacaEval's length-controlled win rate ([section 3](https://arxiv.org/abs/2404.04475)): how often the judge would
/// prefer the model if its answers were as long as the baseline's. A logistic regression explains the preferences by
/// tanh of the standardised difference of lengths, by the instruction's difficulty where that is known, and by the
/// model; then the difference is set to 0.
///
/// It is the published regression without its pull towards disguised baselines, for which AlpacaEval keeps
/// judgements of its own. As there, the weights are held small by λ‖w‖₁, and λ is the one of ten that explains
/// five held-out parts best.
final class LengthControl {
    private static final int PARTS = 5;
    private static final int GRID = 10;

    /// A judged answer.
    ///
    /// @param preference 0 to 1, for the model
    /// @param length of the model's answer, in characters
    /// @param difficulty of the instruction; 0 in all rows where it is not known
    record Row(double preference, int length, int baselineLength, double difficulty) {}

    private LengthControl() {}

    /// A share of 1; `NaN` for fewer rows than parts.
    static double winRate(List<Row> rows) {
        if (rows.size() < PARTS) return Double.NaN;
        double[][] features = features(rows);
        double[] preferences = rows.stream().mapToDouble(Row::preference).toArray();
        double[] weights = LassoLogistic.fit(features, preferences, best(features, preferences));
        return Arrays.stream(features)
                .mapToDouble(row -> LassoLogistic.probability(weights, new double[] {0, row[1], row[2]}))
                .average()
                .orElseThrow();
    }

    private static double[][] features(List<Row> rows) {
        double[] longer = rows.stream()
                .mapToDouble(row -> row.baselineLength() - row.length())
                .toArray();
        double deviation = deviation(longer);
        var features = new double[longer.length][];
        Arrays.setAll(features, i -> new double[] {
            deviation == 0 ? 0 : Math.tanh(longer[i] / deviation), rows.get(i).difficulty(), 1
        });
        return features;
    }

    /// The unbiased one.
    private static double deviation(double[] values) {
        double mean = DoubleStream.of(values).average().orElseThrow();
        double squares =
                DoubleStream.of(values).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    /// 1/λ of the grid 10⁻⁴ … 10⁴ with the least loss over the held-out parts.
    private static double best(double[][] features, double[] preferences) {
        double best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < GRID; i++) {
            double c = Math.pow(10, -4 + 8.0 * i / (GRID - 1));
            double loss = heldOutLoss(features, preferences, c);
            if (loss < least) {
                least = loss;
                best = c;
            }
        }
        return best;
    }

    private static double heldOutLoss(double[][] features, double[] preferences, double c) {
        double loss = 0;
        for (int part = 0; part < PARTS; part++) {
            double[][] shown = rows(features, part, false).toArray(double[][]::new);
            double[] weights = LassoLogistic.fit(shown, values(preferences, part, false), c);
            List<double[]> held = rows(features, part, true);
            double[] wanted = values(preferences, part, true);
            for (int i = 0; i < wanted.length; i++) {
                loss += LassoLogistic.loss(weights, held.get(i), wanted[i]);
            }
        }
        return loss;
    }

    private static List<double[]> rows(double[][] features, int part, boolean held) {
        var rows = new ArrayList<double[]>();
        for (int i = 0; i < features.length; i++) {
            if (i % PARTS == part == held) rows.add(features[i]);
        }
        return rows;
    }

    private static double[] values(double[] preferences, int part, boolean held) {
        return java.util.stream.IntStream.range(0, preferences.length)
                .filter(i -> i % PARTS == part == held)
                .mapToDouble(i -> preferences[i])
                .toArray();
    }
}

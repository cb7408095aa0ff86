package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.data.KeyedRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LengthControlTest {
    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// Preferences by a known rule: `skill`, plus `taste` for the standardised extra length of the baseline.
    private static List<LengthControl.Row> rows(double skill, double taste, int longer) {
        var random = KeyedRandom.of(7, "lengths", 0);
        var rows = new ArrayList<LengthControl.Row>();
        for (int i = 0; i < 400; i++) {
            int length = 400 + longer + random.nextInt(400);
            int baseline = 400 + random.nextInt(400);
            double extra = Math.tanh((baseline - length) / 165.0);
            rows.add(new LengthControl.Row(sigmoid(skill + taste * extra), length, baseline, 0));
        }
        return rows;
    }

    private static double raw(List<LengthControl.Row> rows) {
        return rows.stream()
                .mapToDouble(LengthControl.Row::preference)
                .average()
                .orElseThrow();
    }

    @Test
    void lengthWithoutEffectChangesNothing() {
        var rows = rows(0.4, 0, 200);
        assertThat(LengthControl.winRate(rows)).isCloseTo(sigmoid(0.4), within(0.01));
        assertThat(raw(rows)).isCloseTo(sigmoid(0.4), within(1e-12));
    }

    @Test
    void winsOwedToLengthAloneAreTakenAway() {
        var rows = rows(0, -2, 200);
        assertThat(raw(rows)).isGreaterThan(0.7);
        assertThat(LengthControl.winRate(rows)).isCloseTo(0.5, within(0.02));
    }

    @Test
    void shortAnswersAreHelpedWhereTheJudgeLikesLongOnes() {
        var rows = rows(0, -2, -200);
        assertThat(raw(rows)).isLessThan(0.3);
        assertThat(LengthControl.winRate(rows)).isCloseTo(0.5, within(0.02));
    }

    @Test
    void difficultyIsPartOfThePrediction() {
        var rows = new ArrayList<LengthControl.Row>();
        for (int i = 0; i < 200; i++) {
            double difficulty = i % 2 == 0 ? 1 : -1;
            rows.add(new LengthControl.Row(sigmoid(2 * difficulty), 100, 100, difficulty));
        }
        assertThat(LengthControl.winRate(rows)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void fewerRowsThanPartsHaveNoRate() {
        assertThat(LengthControl.winRate(rows(0, 0, 0).subList(0, 4))).isNaN();
    }

    /// At the minimum the gradient of the loss is −1 or 1 by the sign of a weight, and within ±1 at 0.
    @Test
    void fitMeetsTheConditionsOfAMinimum() {
        var random = KeyedRandom.of(3, "lasso", 0);
        double[][] x = new double[50][];
        double[] p = new double[50];
        for (int i = 0; i < 50; i++) {
            x[i] = new double[] {random.nextGaussian(), random.nextGaussian(), 1};
            p[i] = sigmoid(2 * x[i][0] - 0.5 + random.nextGaussian());
        }
        for (double c : new double[] {0.01, 0.1, 1, 100}) {
            double[] w = LassoLogistic.fit(x, p, c);
            for (int j = 0; j < 3; j++) {
                double gradient = 0;
                for (int i = 0; i < 50; i++) gradient += c * (LassoLogistic.probability(w, x[i]) - p[i]) * x[i][j];
                if (w[j] == 0) {
                    assertThat(Math.abs(gradient)).isLessThanOrEqualTo(1 + 1e-6);
                } else {
                    assertThat(gradient).isCloseTo(-Math.signum(w[j]), within(1e-5));
                }
            }
        }
    }
}

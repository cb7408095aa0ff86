package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.data.KeyedRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {
    @Test
    void intervalOfAShareIsTheNormalOne() {
        double[] scores = new double[400];
        Arrays.fill(scores, 0, 240, 1);
        Estimate estimate = Estimate.of(scores, 1);
        // 0.6 ± 1.96 · √(0.6 · 0.4 / 400) = 0.6 ± 0.048
        assertThat(estimate.mean()).isCloseTo(0.6, within(1e-12));
        assertThat(estimate.low()).isCloseTo(0.552, within(0.006));
        assertThat(estimate.high()).isCloseTo(0.648, within(0.006));
        assertThat(estimate.n()).isEqualTo(400);
    }

    @Test
    void intervalCoversTheTruthAboutNineteenTimesInTwenty() {
        long covered = IntStream.range(0, 400)
                .mapToObj(i -> Estimate.of(coins(0.3, 100, i), i))
                .filter(estimate -> estimate.low() <= 0.3 && 0.3 <= estimate.high())
                .count();
        // 380 expected; the deviation of a binomial is 4.4, and the percentile method covers a little less
        assertThat(covered).isBetween(358L, 396L);
    }

    @Test
    void sameScoresAndSeedGiveTheSameInterval() {
        double[] scores = coins(0.5, 50, 3);
        assertThat(Estimate.of(scores, 9)).isEqualTo(Estimate.of(scores, 9));
    }

    @Test
    void pairedDifferenceIsSharperThanTwoIntervals() {
        double[] before = coins(0.5, 400, 1);
        double[] after = before.clone();
        for (int i = 0; i < 20; i++) {
            after[i] = 1;
        }
        Estimate difference = Estimate.ofDifference(before, after, 1);
        assertThat(difference.excludesZero()).isTrue();
        assertThat(Estimate.of(before, 1).high())
                .isGreaterThan(Estimate.of(after, 1).low());
    }

    @Test
    void equalListsDoNotDiffer() {
        double[] scores = coins(0.5, 40, 1);
        assertThat(Estimate.ofDifference(scores, scores, 1)).isEqualTo(new Estimate(0, 0, 0, 40));
    }

    @Test
    void unpairedListsAreRefused() {
        assertThatThrownBy(() -> Estimate.ofDifference(new double[2], new double[3], 1))
                .hasMessage("paired scores must be equally many, got 2 and 3");
    }

    @Test
    void noScoresGiveNoMean() {
        assertThat(Estimate.of(new double[0], 1).mean()).isNaN();
    }

    private static double[] coins(double share, int n, long index) {
        RandomGenerator random = KeyedRandom.of(5, "coins", index);
        return IntStream.range(0, n)
                .mapToDouble(_ -> random.nextDouble() < share ? 1 : 0)
                .toArray();
    }
}

package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {
    /// 5 better, 1 worse: 2 · (C(6,0) + C(6,1)) / 2⁶ = 14 / 64.
    @Test
    void rightAndWrongAnswersAreTossesOfACoin() {
        var comparison = PairedComparison.of(List.of(new double[] {1, 1, 1, 1, 1, -1, 0, 0}), 1);
        assertThat(comparison.pValue()).isCloseTo(14 / 64.0, within(1e-12));
        assertThat(comparison.difference().mean()).isEqualTo(0.5);
    }

    @Test
    void equalModelsDifferByNothing() {
        var comparison = PairedComparison.of(List.of(new double[] {0, 0, 0}), 1);
        assertThat(comparison.pValue()).isEqualTo(1);
        assertThat(comparison.difference().low()).isZero();
    }

    @Test
    void manyTossesStayAProbability() {
        assertThat(PairedComparison.twoSided(14_000, 6_900)).isBetween(0.08, 0.1); // z = 1.69
        assertThat(PairedComparison.twoSided(10_000, 4_000)).isBetween(0.0, 1e-80);
    }

    /// Every one of 2¹² signs is as likely; only two have all alike.
    @Test
    void scoresThatAllGrowAreUnlikelyByChance() {
        double[] grown = new double[12];
        Arrays.fill(grown, 0.25);
        double pValue = PairedComparison.of(List.of(grown), 7).pValue();
        assertThat(pValue).isBetween(1e-4, 2e-3);
        assertThat(PairedComparison.of(List.of(grown), 7).pValue()).isEqualTo(pValue);
    }

    @Test
    void groupsWeighTheSameWhateverTheirSize() {
        var comparison = PairedComparison.of(List.of(new double[] {1, 1, 1, 1}, new double[] {0}), 1);
        assertThat(comparison.difference().mean()).isEqualTo(0.5);
    }
}

package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.tensor.OpenScope;
import dev.caravan.tensor.Tensor;
import dev.caravan.train.PreferenceLoss.Dpo;
import dev.caravan.train.PreferenceLoss.DpoNorm;
import dev.caravan.train.PreferenceLoss.Ipo;
import dev.caravan.train.PreferenceLoss.Simpo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenScope.class)
class PreferenceLossTest {
    private static final double LN_2 = Math.log(2);

    private static Tensor one(double value) {
        return Tensor.full(value, 1);
    }

    private static PreferenceLogps logps(double chosen, double rejected, double refChosen, double refRejected) {
        return new PreferenceLogps(one(chosen), one(rejected), one(refChosen), one(refRejected), one(1), one(1));
    }

    /// Means over tokens: policy −2/4 and −3/2, reference −3/4 and −2/2; log ratios a token 0.25 and −0.5.
    private static PreferenceLogps unequalLengths() {
        return new PreferenceLogps(one(-2), one(-3), one(-3), one(-2), one(4), one(2));
    }

    private static void assertLoss(PreferenceLoss loss, PreferenceLogps logps, double expected) {
        assertThat(loss.of(logps).item()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void lossIsLnTwoWhenPolicyEqualsReference() {
        PreferenceLogps equal = logps(-3, -8, -3, -8);
        assertLoss(new Dpo(0.1, 0, 0), equal, LN_2);
        assertLoss(new Dpo(0.1, 0.2, 0), equal, LN_2);
        assertLoss(new DpoNorm(5, 0), equal, LN_2);
    }

    @Test
    void dpoIsTheLogisticLossOfTheRewardMargin() {
        // rewards 0.1·(−1 + 1.5) = 0.05 and 0.1·(−2 + 1) = −0.1; ln(1 + e^−0.15) = 0.6209570
        assertLoss(new Dpo(0.1, 0, 0), logps(-1, -2, -1.5, -1), 0.6209570);
    }

    @Test
    void labelSmoothingMixesInTheLossOfTheOppositeLabel() {
        // 0.9·0.6209570 + 0.1·ln(1 + e^0.15) = 0.5588613 + 0.0770957
        assertLoss(new Dpo(0.1, 0.1, 0), logps(-1, -2, -1.5, -1), 0.6359570);
    }

    @Test
    void sftWeightAddsTheChosenAnswersNegativeLogLikelihood() {
        // 0.6209570 + 0.5·1
        assertLoss(new Dpo(0.1, 0, 0.5), logps(-1, -2, -1.5, -1), 1.1209570);
    }

    @Test
    void lengthNormalisedDpoComparesMeansOverTokens() {
        // margin 5·(0.25 + 0.5) = 3.75; ln(1 + e^−3.75) = 0.0232454
        assertLoss(new DpoNorm(5, 0), unequalLengths(), Math.log1p(Math.exp(-3.75)));
    }

    @Test
    void simpoAsksForAMarginWithoutAReference() {
        // 2·(−0.5 + 1.5 − 0.5) = 1; ln(1 + e^−1) = 0.3132617
        assertLoss(new Simpo(2, 0.5), unequalLengths(), 0.3132617);
    }

    @Test
    void ipoIsTheSquaredDistanceOfTheMarginFromItsTarget() {
        // (0.25 + 0.5 − 1/(2·0.1))² = 4.25²
        assertLoss(new Ipo(0.1), unequalLengths(), 18.0625);
    }

    @Test
    void gradientRaisesTheChosenAndLowersTheRejectedByTheSameAmount() {
        Tensor chosen = one(-1).leaf();
        Tensor rejected = one(-2).leaf();
        new Dpo(0.1, 0, 0)
                .of(new PreferenceLogps(chosen, rejected, one(-1.5), one(-1), one(1), one(1)))
                .sum()
                .backward();
        double expected = 0.1 / (1 + Math.exp(0.15)); // β σ(−margin)
        assertThat(chosen.gradient().item()).isCloseTo(-expected, within(1e-7));
        assertThat(rejected.gradient().item()).isCloseTo(expected, within(1e-7));
    }

    @Test
    void answerWithoutTrainedTokensHasMeanZero() {
        var none = new PreferenceLogps(one(0), one(-3), one(0), one(-2), one(0), one(2));
        assertThat(none.perToken().policyChosen().item()).isZero();
    }

    @Test
    void smoothingOfAHalfIsRefused() {
        assertThatThrownBy(() -> new Dpo(0.1, 0.5, 0)).hasMessage("label_smoothing must lie in [0, 0.5), got 0.5");
        assertThatThrownBy(() -> new Dpo(0, 0, 0)).hasMessage("beta must be positive, got 0.0");
        assertThatThrownBy(() -> new Dpo(0.1, 0, -1)).hasMessage("sft_weight must not be negative, got -1.0");
    }
}

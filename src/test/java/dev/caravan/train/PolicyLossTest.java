package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.tensor.OpenScope;
import dev.caravan.tensor.Tensor;
import dev.caravan.train.PolicyLoss.ClippedPolicyLoss;
import dev.caravan.train.PolicyLoss.DualClipPolicyLoss;
import dev.caravan.train.PolicyLoss.ReinforcePolicyLoss;
import dev.caravan.train.PolicyLoss.SequenceRatioPolicyLoss;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenScope.class)
class PolicyLossTest {
    private static final int TOKENS = 400;

    private final float[] now = draws(1, -3, 0);
    private final float[] old = draws(2, -3, 0);
    private final float[] advantages = draws(3, -2, 2);

    private static float[] draws(long seed, double low, double high) {
        var random = new SplittableRandom(seed);
        var values = new float[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            values[i] = (float) random.nextDouble(low, high);
        }
        return values;
    }

    private PolicyLogps logps(Tensor policy) {
        Tensor before = Tensor.of(old, TOKENS);
        Tensor advantage = Tensor.of(advantages, TOKENS);
        return new PolicyLogps(policy, before, before, before, advantage, List.of(100, 300));
    }

    private float[] gradient(PolicyLoss loss) {
        Tensor policy = Tensor.of(now, TOKENS).leaf();
        loss.of(logps(policy)).sum().backward();
        return policy.gradient().toFloats();
    }

    /// The clipped loss of one token, in doubles.
    private static double clipped(double now, double old, double advantage) {
        double ratio = Math.exp(now - old);
        return -Math.min(ratio * advantage, Math.clamp(ratio, 0.8, 1.2) * advantage);
    }

    private static double slope(ToDoubleFunction<Double> function, double at) {
        double step = 1e-5;
        return (function.applyAsDouble(at + step) - function.applyAsDouble(at - step)) / (2 * step);
    }

    @Test
    void clippedGradientsEqualFiniteDifferences() {
        float[] gradient = gradient(new ClippedPolicyLoss(0.2, 0.2));
        for (int i = 0; i < TOKENS; i++) {
            int token = i;
            double expected = slope(x -> clipped(x, old[token], advantages[token]), now[i]);
            assertThat((double) gradient[i]).isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void dualClipGradientsEqualFiniteDifferences() {
        float[] gradient = gradient(new DualClipPolicyLoss(0.2, 0.2, 3));
        for (int i = 0; i < TOKENS; i++) {
            double advantage = advantages[i];
            double before = old[i];
            ToDoubleFunction<Double> loss = x -> advantage < 0
                    ? Math.min(clipped(x, before, advantage), -3 * advantage)
                    : clipped(x, before, advantage);
            double expected = slope(loss, now[i]);
            assertThat((double) gradient[i]).isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void tokensThatAreCutAreThoseWithoutGradient() {
        for (PolicyLoss loss : List.of(new ClippedPolicyLoss(0.2, 0.2), new DualClipPolicyLoss(0.2, 0.2, 3))) {
            float[] gradient = gradient(loss);
            for (int i = 0; i < TOKENS; i++) {
                assertThat(loss.cuts(Math.exp((double) now[i] - old[i]), advantages[i]))
                        .isEqualTo(gradient[i] == 0);
            }
        }
    }

    @Test
    void reinforceGradientIsMinusTheAdvantage() {
        float[] gradient = gradient(new ReinforcePolicyLoss());
        for (int i = 0; i < TOKENS; i++) {
            assertThat(gradient[i]).isEqualTo(-advantages[i]);
        }
    }

    @Test
    void atTheOldPolicyClippedLossHasTheGradientOfReinforce() {
        System.arraycopy(old, 0, now, 0, TOKENS);
        assertThat(gradient(new ClippedPolicyLoss(0.2, 0.2))).containsExactly(gradient(new ReinforcePolicyLoss()));
    }

    @Test
    void sequenceRatioIsTheGeometricMeanOfEachSequence() {
        float[] ratios = new SequenceRatioPolicyLoss(0.2, 0.2)
                .ratio(logps(Tensor.of(now, TOKENS)))
                .toFloats();
        assertThat((double) ratios[0]).isCloseTo(geometricMean(0, 100), within(1e-5));
        assertThat((double) ratios[99]).isCloseTo(geometricMean(0, 100), within(1e-5));
        assertThat((double) ratios[100]).isCloseTo(geometricMean(100, 400), within(1e-5));
    }

    private double geometricMean(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) now[i] - old[i];
        }
        return Math.exp(sum / (to - from));
    }

    @Test
    void sequenceGradientIsSharedByItsTokens() {
        // inside the clip range: loss Σ −s A, s = exp(mean log ratio), so each token gets −s ΣA / n
        float[] gradient = gradient(new SequenceRatioPolicyLoss(0.99, 99));
        double sum = 0;
        for (int i = 0; i < 100; i++) {
            sum += advantages[i];
        }
        double expected = -geometricMean(0, 100) * sum / 100;
        assertThat((double) gradient[0]).isCloseTo(expected, within(1e-5));
        assertThat(gradient[99]).isEqualTo(gradient[0]);
    }

    @Test
    void impossibleClipRangesAreRefused() {
        assertThatThrownBy(() -> new ClippedPolicyLoss(1, 0.2))
                .hasMessage("clip_low must lie between 0 and 1, got 1.0");
        assertThatThrownBy(() -> new DualClipPolicyLoss(0.2, 0, 3)).hasMessage("clip_high must be positive, got 0.0");
        assertThatThrownBy(() -> new DualClipPolicyLoss(0.2, 0.2, 1)).hasMessage("bound must be above 1, got 1.0");
    }

    @Test
    void valueLossTakesTheLargerOfPlainAndClippedError() {
        var loss = new ValueLoss(0.2, 1);
        Tensor value = Tensor.of(new float[] {1, 1, 0.5f}, 3).leaf();
        Tensor losses = loss.of(value, Tensor.of(new float[] {0, 0, 1}, 3), Tensor.of(new float[] {0, 1, 2}, 3));
        // ½ max(1², 0.2²); ½ max(0², (0.2 − 1)²), whose gradient is cut; ½ max(1.5², (0.8 − 2)²)
        losses.sum().backward();
        assertThat(losses.toFloats()).usingComparatorWithPrecision(1e-6f).containsExactly(0.5f, 0.32f, 1.125f);
        assertThat(value.gradient().toFloats())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(1, 0, -1.5f);
    }
}

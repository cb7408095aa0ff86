package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.train.AdvantageEstimator.GaeAdvantageEstimator;
import dev.caravan.train.AdvantageEstimator.GroupRelativeAdvantageEstimator;
import dev.caravan.train.AdvantageEstimator.LeaveOneOutAdvantageEstimator;
import dev.caravan.train.AdvantageEstimator.ScaledLeaveOneOutAdvantageEstimator;
import dev.caravan.train.KlPenalty.InRewardKlPenalty;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AdvantageEstimatorTest {
    private static final KlPenalty FREE = new InRewardKlPenalty(0);

    private static Trajectory trajectory(
            int group, int tokens, boolean ended, int room, double score, float... values) {
        var zeros = new float[tokens];
        return new Trajectory(
                "t", group, new int[] {1}, new int[tokens], ended, room, score, zeros, zeros, zeros, values);
    }

    @Test
    void gaeOfThreeStepsIsWhatTheHandComputes() {
        // δ = 0 + 0.25 − 0.5, 0 + 0.5 − 0.25, 1 − 0.5; A₂ = 0.5, A₁ = 0.25 + 0.5·0.5, A₀ = −0.25 + 0.5·0.5
        var gae = new GaeAdvantageEstimator(1, 0.5, false, false);
        double[] advantages = gae.advantages(new double[] {0, 0, 1}, new float[] {0.5f, 0.25f, 0.5f});
        assertThat(advantages).containsExactly(new double[] {0, 0.5, 0.5}, within(1e-12));
    }

    @Test
    void scoreIsPaidOneStepAfterTheEndTokenWhereThereIsRoom() {
        Trajectory roomy = trajectory(0, 2, true, 5, 10, 0, 0, 0);
        assertThat(roomy.steps()).isEqualTo(3);
        assertThat(GaeAdvantageEstimator.rewards(roomy, 0)).containsExactly(new double[] {0, 0, 10}, within(0.0));
        Trajectory full = trajectory(0, 2, true, 2, 10, 0, 0);
        assertThat(GaeAdvantageEstimator.rewards(full, 0)).containsExactly(new double[] {0, 10}, within(0.0));
    }

    @Test
    void truncatedSampleIsPaidItsPenaltyAtItsLastTokenAndHasNoFurtherStep() {
        Trajectory truncated = trajectory(0, 2, false, 2, -10, 0, 0);
        assertThat(truncated.steps()).isEqualTo(2);
        assertThat(GaeAdvantageEstimator.rewards(truncated, 0)).containsExactly(new double[] {0, -10}, within(0.0));
    }

    @Test
    void divergenceFromTheReferenceIsAPriceOnEachToken() {
        var t = new Trajectory(
                "t",
                0,
                new int[] {1},
                new int[2],
                false,
                2,
                1,
                new float[] {-1, -2},
                new float[2],
                new float[] {-2, -1.5f},
                new float[2]);
        // −0.1·(−1 + 2) and −0.1·(−2 + 1.5) + 1
        assertThat(GaeAdvantageEstimator.rewards(t, 0.1)).containsExactly(new double[] {-0.1, 1.05}, within(1e-12));
    }

    @Test
    void whitenedAdvantagesOfAllPolicyTokensHaveMeanZeroAndUnbiasedDeviationOne() {
        var gae = new GaeAdvantageEstimator(1, 0.95, false, true);
        var experience = gae.estimate(
                List.of(trajectory(0, 3, true, 9, 10, 1, 2, 3, 4), trajectory(1, 2, false, 2, -10, 0, 5)), FREE);
        double[] all = experience.advantages().stream()
                .flatMapToDouble(a -> Arrays.stream(Numbers.doubles(a)))
                .toArray();
        double mean = Arrays.stream(all).average().orElseThrow();
        assertThat(all).hasSize(5);
        assertThat(mean).isCloseTo(0, within(1e-6));
        assertThat(Arrays.stream(all).map(a -> a * a).sum() / 4).isCloseTo(1, within(1e-6));
    }

    @Test
    void returnsAreAdvantagesBeforeWhiteningPlusValues() {
        var gae = new GaeAdvantageEstimator(1, 1, false, true);
        var experience = gae.estimate(List.of(trajectory(0, 2, true, 9, 10, 1, 2, 3)), FREE);
        assertThat(experience.returns().getFirst()).containsExactly(10, 10, 10);
    }

    @Property
    void withLambdaAndGammaOneEveryReturnIsTheSumOfLaterRewards(
            @ForAll @Size(5) List<@DoubleRange(min = -10, max = 10) Double> rewards,
            @ForAll @Size(5) List<@DoubleRange(min = -10, max = 10) Double> values) {
        var gae = new GaeAdvantageEstimator(1, 1, false, false);
        var critic = new float[5];
        for (int t = 0; t < 5; t++) {
            critic[t] = values.get(t).floatValue();
        }
        double[] advantages =
                gae.advantages(rewards.stream().mapToDouble(r -> r).toArray(), critic);
        for (int t = 0; t < 5; t++) {
            double later = rewards.subList(t, 5).stream().mapToDouble(r -> r).sum();
            assertThat(advantages[t] + critic[t]).isCloseTo(later, within(1e-9));
        }
    }

    @Property
    void groupRelativeAdvantagesAddUpToZeroAndIgnoreScale(
            @ForAll @Size(min = 2, max = 8) List<@DoubleRange(min = -10, max = 10) Double> scores) {
        double[] plain = scores.stream().mapToDouble(s -> s).toArray();
        double[] tenfold = Arrays.stream(plain).map(s -> 10 * s).toArray();
        double[] advantages = GroupRelativeAdvantageEstimator.relative(plain);
        assertThat(Arrays.stream(advantages).sum()).isCloseTo(0, within(1e-6));
        double spread = Arrays.stream(plain).max().orElseThrow()
                - Arrays.stream(plain).min().orElseThrow();
        if (spread > 1e-2) {
            assertThat(GroupRelativeAdvantageEstimator.relative(tenfold)).containsExactly(advantages, within(1e-4));
        }
    }

    @Property
    void leaveOneOutAddsUpToZero(
            @ForAll @Size(min = 2, max = 8) List<@DoubleRange(min = -10, max = 10) Double> scores) {
        double[] plain = scores.stream().mapToDouble(s -> s).toArray();
        assertThat(Arrays.stream(LeaveOneOutAdvantageEstimator.relative(plain)).sum())
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void scaledLeaveOneOutDividesByTheDeviationOfTheOthersWhereTheyDiffer() {
        // others of 1: {2, 4}, mean 3, deviation √2; of 2: {1, 4}, 2.5, 3/√2; of 4: {1, 2}, 1.5, 1/√2
        double root = Math.sqrt(2);
        assertThat(ScaledLeaveOneOutAdvantageEstimator.relative(new double[] {1, 2, 4}))
                .containsExactly(new double[] {-2 / root, -0.5 * root / 3, 2.5 * root}, within(1e-12));
        assertThat(ScaledLeaveOneOutAdvantageEstimator.relative(new double[] {1, 1, 4}))
                .containsExactly(new double[] {-1.5 * root / 3, -1.5 * root / 3, 3}, within(1e-12));
    }

    @Test
    void samplesOfOnePromptAreComparedWithEachOtherOnly() {
        var experience = new LeaveOneOutAdvantageEstimator(2)
                .estimate(
                        List.of(
                                trajectory(0, 1, true, 9, 10),
                                trajectory(0, 2, true, 9, 0),
                                trajectory(1, 1, true, 9, 0),
                                trajectory(1, 1, true, 9, 0)),
                        FREE);
        assertThat(experience.advantages().stream().map(a -> (double) a[0])).containsExactly(10.0, -10.0, 0.0, 0.0);
        assertThat(experience.advantages().get(1)).containsExactly(-10, -10);
    }

    @Test
    void clippedExperienceKeepsItsReturns() {
        var experience = new Experience(List.of(), List.of(new float[] {-9, 1, 9}), List.of(new float[] {7}));
        var clipped = experience.clipped(new AdvantageClip(-2, 3));
        assertThat(clipped.advantages().getFirst()).containsExactly(-2, 1, 3);
        assertThat(clipped.returns().getFirst()).containsExactly(7);
    }
}

package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.generate.Likelihood;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ItemScoringTest {
    private static final Target.Choices CHOICES = new Target.Choices(List.of("a", "four"), List.of(false, true), " ");
    private static final Response.Weighed WEIGHED = new Response.Weighed(
            List.of(new Likelihood(-2, 1), new Likelihood(-3, 2)),
            List.of(new Likelihood(-1, 1), new Likelihood(-4, 2)));

    /// 1 − C(n − c, k) / C(n, k), counted over all subsets.
    @Property(tries = 60)
    void passAtKIsTheShareOfSubsetsWithARightAnswer(
            @ForAll @IntRange(min = 1, max = 9) int n,
            @ForAll @IntRange(max = 9) int c,
            @ForAll @IntRange(min = 1, max = 9) int k) {
        int right = Math.min(c, n);
        int drawn = Math.min(k, n);
        var subsets = IntStream.range(0, 1 << n)
                .filter(set -> Integer.bitCount(set) == drawn)
                .toArray();
        long hits = Arrays.stream(subsets)
                .filter(set -> (set & ((1 << right) - 1)) != 0)
                .count();
        double[] scores =
                IntStream.range(0, n).mapToDouble(i -> i < right ? 1 : 0).toArray();
        assertThat(ItemScoring.passAt(drawn, scores)).isCloseTo((double) hits / subsets.length, within(1e-12));
    }

    @Test
    void everyNormalisationHasItsOwnValues() {
        assertThat(values(Scoring.Normalisation.NONE)).containsExactly(-2, -3);
        assertThat(values(Scoring.Normalisation.CHARACTERS)).containsExactly(-2, -0.75);
        assertThat(values(Scoring.Normalisation.TOKENS)).containsExactly(-2, -1.5);
        assertThat(values(Scoring.Normalisation.UNCONDITIONAL)).containsExactly(-1, 1);
    }

    private static double[] values(Scoring.Normalisation normalise) {
        return ItemScoring.values(CHOICES, WEIGHED, normalise);
    }

    /// e⁻¹ / (e⁻¹ + e⁻²) = 1 / (1 + e⁻¹)
    @Test
    void massIsTheShareOfTheRightAnswersAndDoesNotUnderflow() {
        double share = 1 / (1 + Math.exp(-1));
        assertThat(ItemScoring.mass(new double[] {-1, -2}, List.of(true, false)))
                .isCloseTo(share, within(1e-12));
        assertThat(ItemScoring.mass(new double[] {-2001, -2002}, List.of(true, false)))
                .isCloseTo(share, within(1e-9));
    }

    @Test
    void firstOfEquallyLikelyAnswersWins() {
        assertThat(ItemScoring.best(new double[] {-2, -1, -1})).isEqualTo(1);
    }
}

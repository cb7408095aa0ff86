package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.train.TokenAverage.MicroBatchTokenAverage;
import dev.caravan.train.TokenAverage.WholeTokenAverage;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AveragesTest {
    @Test
    void microBatchAverageWeighsShortMicroBatchesAsMuchAsLongOnes() {
        // micro-batches of 1 + 3 and of 2 tokens: ½ · ¼ and ½ · ½
        assertThat(new MicroBatchTokenAverage(2).weights(List.of(1, 3, 2))).containsExactly(0.125, 0.125, 0.25);
    }

    @Property
    void weightsOfAllTokensAddUpToOne(
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 50) Integer> tokens,
            @ForAll @IntRange(min = 1, max = 4) int sequences) {
        for (TokenAverage average : List.of(new WholeTokenAverage(), new MicroBatchTokenAverage(sequences))) {
            double[] weights = average.weights(tokens);
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * tokens.get(i);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void oneMicroBatchForAllIsTheWholeAverage() {
        List<Integer> tokens = List.of(4, 1, 7);
        assertThat(new MicroBatchTokenAverage(3).weights(tokens))
                .containsExactly(new WholeTokenAverage().weights(tokens));
    }

    @Test
    void sumWeighsATokenTheSameWhateverTheStepMeanDoesNot() {
        assertThat(new Reduction.Sum(1).weight(10))
                .isEqualTo(new Reduction.Sum(1).weight(1000))
                .isEqualTo(1);
        assertThat(new Reduction.Sum(16).weight(10)).isEqualTo(1 / 16.0);
        assertThat(new Reduction.Mean().weight(10)).isEqualTo(0.1);
    }

    @Test
    void meanOfSumsIsWeightedAndOfNothingIsZero() {
        var sums = new MetricSums().add("loss", 2, 3).add("loss", 6, 1).add("empty", 5, 0);
        assertThat(sums.means()).containsEntry("loss", 3.0).containsEntry("empty", 0.0);
    }
}

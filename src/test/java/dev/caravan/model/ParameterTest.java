package dev.caravan.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.tensor.OpenScope;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenScope.class)
class ParameterTest {
    private static final float STEP = 1f / 128; // of bfloat16 numbers from 1 to 2

    @Test
    void rowsThatComeTogetherAreRoundedOnce() {
        try (Parameter parameter = parameter()) {
            Tensor ones = Tensor.full(1, 3, 2).to(Precision.BFLOAT16);
            parameter.addGradient(ones);
            Tensor halves = Tensor.full(STEP / 2, 3, 2).to(Precision.BFLOAT16);

            parameter.addRows(new int[] {2, 0, 2}, halves);

            float[] sums = parameter.gradient().orElseThrow().toFloats();
            // half a step by itself is rounded away, two of them are one step
            assertThat(sums).containsExactly(1, 1, 1, 1, 1 + STEP, 1 + STEP);
        }
    }

    @Test
    void rowsOfAWeightWithoutGradientBeginIt() {
        try (Parameter parameter = parameter()) {
            parameter.addRows(new int[] {1, 1}, Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));

            assertThat(parameter.gradient().orElseThrow().toFloats()).containsExactly(0, 0, 4, 6, 0, 0);
        }
    }

    private static Parameter parameter() {
        return Parameter.trained(
                List.of(new Parameter.Part("weight", new long[] {3, 2}, 0)),
                Tensor.zeros(Precision.FLOAT32, 3, 2),
                Precision.BFLOAT16);
    }
}

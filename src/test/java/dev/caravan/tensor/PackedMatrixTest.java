package dev.caravan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenScope.class)
class PackedMatrixTest {
    private static Tensor random(long rows, long columns) {
        var random = new Random(7);
        var values = new float[(int) (rows * columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(values, rows, columns).to(Precision.BFLOAT16);
    }

    @Test
    void productsWithAPackedWeightAreThoseWithThePlainOne() {
        Tensor weight = random(320, 192);
        assumeTrue(PackedMatrix.fits(weight), "this build of the engine packs no weights");
        try (var packed = PackedMatrix.of(weight, 16)) {
            for (int rows : new int[] {1, 3, 16, 64}) {
                Tensor x = random(rows, 192);
                assertThat(packed.linear(x).toFloats())
                        .containsExactly(x.linear(weight).toFloats());
            }
        }
    }

    @Test
    void float32WeightsStayAsTheyAre() {
        assertThat(PackedMatrix.fits(random(4, 4).to(Precision.FLOAT32))).isFalse();
    }
}

package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.tensor.OpenScope;
import dev.caravan.tensor.Precision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The gradient of a whole small model under other reductions and precisions; that it is the slope of the loss, and the
/// same by every way, are laws of `dev.caravan.prove`.
@ExtendWith(OpenScope.class)
class GradientTest {
    private static final int TOGETHER = 10_000;

    private CausalLm model;

    @BeforeEach
    void make() {
        model = TinyModels.random(Precision.FLOAT32);
    }

    @AfterEach
    void free() {
        model.close();
    }

    private float[] sftGradients(CausalLm model, Reduction reduction, int microBatchTokens, Activations activations) {
        try (var loop = TinyModels.still()) {
            new SftTrainer(model, loop, reduction, microBatchTokens, activations).step(TinyModels.rows(4));
        }
        return TinyModels.takeGradients(model);
    }

    @Test
    void sumIsTheMeanTimesTheTrainedTokens() {
        float[] mean = sftGradients(model, new Reduction.Mean(), TOGETHER, Activations.KEPT);
        float[] sum = sftGradients(model, new Reduction.Sum(4 + 7 + 10 + 13), TOGETHER, Activations.KEPT);
        assertThat(TinyModels.distance(sum, mean)).isLessThan(1e-6);
    }

    @Test
    void bfloat16GradientsLieWithinTwoPercent() {
        float[] single = sftGradients(model, new Reduction.Mean(), TOGETHER, Activations.KEPT);
        try (var half = TinyModels.random(Precision.BFLOAT16)) {
            float[] rounded = sftGradients(half, new Reduction.Mean(), TOGETHER, Activations.KEPT);
            assertThat(TinyModels.distance(rounded, single)).isBetween(1e-5, 0.02);
        }
    }
}

package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.TrainingDiverged;
import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.tensor.Engine;
import dev.caravan.tensor.OpenScope;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenScope.class)
class TrainLoopTest {
    private CausalLm model;

    @BeforeEach
    void make() {
        model = TinyModels.random(Precision.FLOAT32);
    }

    @AfterEach
    void free() {
        model.close();
    }

    private SftTrainer trainer(TrainLoop loop) {
        return new SftTrainer(model, loop, new Reduction.Mean(), 10_000, Activations.KEPT);
    }

    @Test
    void adamWFollowsItsEquationsInDoublesForFiveSteps() {
        var settings = new AdamW.Settings(0.9, 0.99, 1e-8, 0.1);
        float[] start = TinyModels.weights(model);
        var weights = Numbers.doubles(start);
        var mean = new double[weights.length];
        var square = new double[weights.length];
        try (var optimizer = new AdamW(model.parameters(), settings)) {
            for (int step = 1; step <= 5; step++) {
                trainer(TinyModels.still()).step(TinyModels.rows(3));
                scalarStep(weights, mean, square, gradients(), step);
                optimizer.step(step, 1e-2, 0.5);
            }
        }
        float[] trained = TinyModels.weights(model);
        for (int i = 0; i < weights.length; i++) {
            assertThat((double) trained[i]).isCloseTo(weights[i], within(1e-5));
        }
    }

    private float[] gradients() {
        var all = new float[(int) model.parameterCount()];
        int at = 0;
        for (var p : model.parameters()) {
            float[] own = p.gradient().orElseThrow().toFloats();
            System.arraycopy(own, 0, all, at, own.length);
            at += own.length;
        }
        return all;
    }

    private static void scalarStep(double[] weights, double[] mean, double[] square, float[] gradients, int step) {
        double rate = 1e-2;
        for (int i = 0; i < weights.length; i++) {
            double g = 0.5 * gradients[i];
            mean[i] = 0.9 * mean[i] + 0.1 * g;
            square[i] = 0.99 * square[i] + 0.01 * g * g;
            double meanHat = mean[i] / (1 - Math.pow(0.9, step));
            double squareHat = square[i] / (1 - Math.pow(0.99, step));
            weights[i] -= rate * 0.1 * weights[i];
            weights[i] -= rate * meanHat / (Math.sqrt(squareHat) + 1e-8);
        }
    }

    @Test
    void gradientBeyondTheLargestNormIsScaledDownToIt() {
        var settings = new AdamW.Settings(0, 0.99, 1e-8, 0); // beta1 0: the running mean is the clipped gradient
        var schedule = new Schedule.ConstantSchedule(0);
        try (var loop = new TrainLoop(model.parameters(), settings, schedule, 1e-3, 0.25, 10)) {
            var report = trainer(loop).step(TinyModels.rows(3));
            assertThat(report.gradientNorm()).isGreaterThan(0.25);
            assertThat(meanNorm(loop)).isCloseTo(0.25, within(1e-5));
        }
    }

    @Test
    void gradientWithinTheLargestNormIsLeftAlone() {
        var settings = new AdamW.Settings(0, 0.99, 1e-8, 0);
        var schedule = new Schedule.ConstantSchedule(0);
        try (var loop = new TrainLoop(model.parameters(), settings, schedule, 1e-3, 1e6, 10)) {
            var report = trainer(loop).step(TinyModels.rows(3));
            assertThat(meanNorm(loop)).isCloseTo(report.gradientNorm(), within(1e-5 * report.gradientNorm()));
        }
    }

    private static double meanNorm(TrainLoop loop) {
        return Math.sqrt(loop.optimizer().moments().stream()
                .mapToDouble(m -> m.mean().square().sum().item())
                .sum());
    }

    @Test
    void lossThatIsNotANumberStopsWithItsRowsAndLeavesTheWeights() {
        try (var loop = TinyModels.loop(model, 1e-2)) {
            trainer(loop).step(TinyModels.rows(2));
            float[] before = TinyModels.weights(model);
            TrainLoop.MicroBatch bad = () -> new MetricSums().add("loss", Double.NaN, 1);
            assertThatThrownBy(() -> loop.step(List.of(bad), List.of("gsm8k/7", "gsm8k/9")))
                    .isInstanceOf(TrainingDiverged.class)
                    .hasMessage("training diverged at step 2: loss is NaN; rows of this step: gsm8k/7, gsm8k/9");
            assertThat(TinyModels.weights(model)).containsExactly(before);
            assertThat(loop.step()).isEqualTo(1);
        }
    }

    @Test
    void endlessGradientStopsToo() {
        try (var loop = TinyModels.loop(model, 1e-2)) {
            var steep = new SftTrainer(model, loop, new Reduction.Sum(1e-45), 10_000, Activations.KEPT);
            float[] before = TinyModels.weights(model);
            assertThatThrownBy(() -> steep.step(TinyModels.rows(1)))
                    .isInstanceOf(TrainingDiverged.class)
                    .hasMessageContaining("the gradient's norm is");
            assertThat(TinyModels.weights(model)).containsExactly(before);
        }
    }

    @Test
    void stepLeavesNoNativeObjectBehind() {
        try (var loop = TinyModels.loop(model, 1e-3)) {
            step(loop);
            long before = Engine.nativeObjects();
            step(loop);
            step(loop);
            assertThat(Engine.nativeObjects()).isEqualTo(before);
        }
    }

    private void step(TrainLoop loop) {
        try (var _ = Scope.open()) {
            trainer(loop).step(TinyModels.rows(3));
            new DpoTrainer(model, loop, new PreferenceLoss.DpoNorm(5, 0), 20, Activations.RECOMPUTED)
                    .step(TinyModels.pairs(2));
        }
    }

    @Test
    void trainingLowersTheLoss() {
        try (var loop = TinyModels.loop(model, 2e-2)) {
            double first = trainer(loop).step(TinyModels.rows(2)).metrics().get("loss");
            double last = first;
            for (int i = 0; i < 9; i++) {
                last = trainer(loop).step(TinyModels.rows(2)).metrics().get("loss");
            }
            assertThat(last).isLessThan(first / 2);
        }
    }
}

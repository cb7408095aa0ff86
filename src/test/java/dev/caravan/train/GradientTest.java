package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Parameter;
import dev.caravan.model.Scorer;
import dev.caravan.model.Sequence;
import dev.caravan.tensor.OpenScope;
import dev.caravan.tensor.Precision;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The gradient of a whole small model, by every way that shall give the same.
@ExtendWith(OpenScope.class)
class GradientTest {
    private static final int TOGETHER = 10_000;
    private static final double STEP = 5e-3;

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
    void recomputedActivationsGiveTheSameBits() {
        float[] kept = sftGradients(model, new Reduction.Mean(), TOGETHER, Activations.KEPT);
        float[] recomputed = sftGradients(model, new Reduction.Mean(), TOGETHER, Activations.RECOMPUTED);
        assertThat(recomputed).containsExactly(kept);
    }

    @Test
    void microBatchesAddUpToTheBatchUnderSumAndUnderMean() {
        for (Reduction reduction : List.of(new Reduction.Sum(1), new Reduction.Mean())) {
            float[] whole = sftGradients(model, reduction, TOGETHER, Activations.KEPT);
            float[] twos = sftGradients(model, reduction, 25, Activations.KEPT);
            float[] ones = sftGradients(model, reduction, 1, Activations.KEPT);
            assertThat(TinyModels.distance(twos, whole)).isLessThan(1e-5);
            assertThat(TinyModels.distance(ones, whole)).isLessThan(1e-5);
        }
    }

    @Test
    void sumIsTheMeanTimesTheTrainedTokens() {
        float[] mean = sftGradients(model, new Reduction.Mean(), TOGETHER, Activations.KEPT);
        float[] sum = sftGradients(model, new Reduction.Sum(4 + 7 + 10 + 13), TOGETHER, Activations.KEPT);
        assertThat(TinyModels.distance(sum, mean)).isLessThan(1e-6);
    }

    @Test
    void flatBatchScoresDocumentsAsIfEachWereAlone() {
        var alone = TinyModels.sequences(4).stream().map(List::of).toList();
        List<float[]> together = new Scorer(TOGETHER).logProbs(model, alone, 1);
        List<float[]> apart = new Scorer(1).logProbs(model, alone, 1);
        for (int i = 0; i < apart.size(); i++) {
            assertThat(together.get(i)).containsExactly(apart.get(i), within(1e-5f));
        }
    }

    @Test
    void sharedPromptScoresItsAnswersAsIfEachHadItsOwn() {
        List<List<Sequence>> shared =
                TinyModels.pairs(2).stream().map(DpoTrainer.Row::group).toList();
        List<List<Sequence>> own =
                shared.stream().flatMap(List::stream).map(List::of).toList();
        List<float[]> together = new Scorer(TOGETHER).logProbs(model, shared, 0.7);
        List<float[]> apart = new Scorer(TOGETHER).logProbs(model, own, 0.7);
        for (int i = 0; i < apart.size(); i++) {
            assertThat(together.get(i)).containsExactly(apart.get(i), within(1e-5f));
        }
    }

    @Test
    void sftGradientEqualsFiniteDifferencesForEveryParameter() {
        List<List<Sequence>> groups =
                TinyModels.sequences(4).stream().map(List::of).toList();
        sftGradientsStay();
        for (Parameter parameter : model.parameters()) {
            assertSlope(parameter, () -> negativeLogLikelihood(groups));
        }
    }

    private void sftGradientsStay() {
        try (var loop = TinyModels.still()) {
            new SftTrainer(model, loop, new Reduction.Sum(1), TOGETHER, Activations.KEPT).step(TinyModels.rows(4));
        }
    }

    private double negativeLogLikelihood(List<List<Sequence>> groups) {
        double loss = 0;
        for (float[] logProbs : new Scorer(TOGETHER).logProbs(model, groups, 1)) {
            for (float logProb : logProbs) {
                loss -= logProb;
            }
        }
        return loss;
    }

    @Test
    void dpoGradientEqualsFiniteDifferencesForEveryParameter() {
        var pairs = TinyModels.pairs(3);
        try (var loop = TinyModels.still()) {
            new DpoTrainer(model, loop, new PreferenceLoss.Dpo(0.5, 0, 0), 30, Activations.KEPT).step(pairs);
        }
        for (Parameter parameter : model.parameters()) {
            assertSlope(parameter, () -> dpoLoss(pairs));
        }
    }

    /// −ln σ(β((ℓ_c − ref_c) − (ℓ_r − ref_r))), averaged over pairs, in doubles.
    private double dpoLoss(List<DpoTrainer.Row> pairs) {
        double[] sums =
                DpoTrainer.sums(model, pairs.stream().map(DpoTrainer.Row::group).toList(), TOGETHER);
        double loss = 0;
        for (int i = 0; i < pairs.size(); i++) {
            double chosen = sums[2 * i] - pairs.get(i).referenceChosen();
            double rejected = sums[2 * i + 1] - pairs.get(i).referenceRejected();
            loss += Math.log1p(Math.exp(-0.5 * (chosen - rejected)));
        }
        return loss / pairs.size();
    }

    /// Along its own gradient g the loss must rise by |g| a unit.
    private void assertSlope(Parameter parameter, DoubleSupplier loss) {
        float[] gradient = parameter.gradient().orElseThrow().toFloats();
        double length = 0;
        for (float g : gradient) {
            length += (double) g * g;
        }
        length = Math.sqrt(length);
        float[] weights = parameter.master().toFloats();
        move(parameter, weights, gradient, STEP / length);
        double above = loss.getAsDouble();
        move(parameter, weights, gradient, -STEP / length);
        double below = loss.getAsDouble();
        move(parameter, weights, gradient, 0);
        double slope = (above - below) / (2 * STEP);
        assertThat(slope).as(parameter.name()).isCloseTo(length, within(0.01 * length + 1e-3));
    }

    private static void move(Parameter parameter, float[] weights, float[] direction, double by) {
        MemorySegment memory = parameter.master().memory();
        for (int i = 0; i < weights.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (weights[i] + by * direction[i]));
        }
        parameter.masterChanged();
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

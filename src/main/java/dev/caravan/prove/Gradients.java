package dev.caravan.prove;

import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Parameter;
import dev.caravan.model.Scorer;
import dev.caravan.tensor.Precision;
import dev.caravan.train.AdamW;
import dev.caravan.train.DpoTrainer;
import dev.caravan.train.PreferenceLoss;
import dev.caravan.train.Reduction;
import dev.caravan.train.Schedule;
import dev.caravan.train.SftTrainer;
import dev.caravan.train.TrainLoop;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.DoubleSupplier;

/// Gradients of a specimen, by every way that shall give the same.
final class Gradients {
    static final int TOGETHER = 10_000;
    private static final double STEP = 5e-3; // along the gradient, for the slope of the loss
    private static final double BETA = 0.5;

    private final Specimen specimen;

    Gradients(Specimen specimen) {
        this.specimen = specimen;
    }

    /// |a − b| / |b| between gradients of a batch taken whole and in parts of a row or more.
    double ofMicroBatches(Reduction reduction) {
        float[] whole = sft(reduction, TOGETHER, Activations.KEPT);
        return Math.max(
                distance(sft(reduction, 1, Activations.KEPT), whole),
                distance(sft(reduction, 25, Activations.KEPT), whole));
    }

    double ofRecomputedActivations() {
        var mean = new Reduction.Mean();
        return distance(sft(mean, TOGETHER, Activations.RECOMPUTED), sft(mean, TOGETHER, Activations.KEPT));
    }

    /// How far the slope of the loss along the gradient is from the gradient's length, as a share of it.
    double ofSft() {
        collectSft(new Reduction.Sum(1), TOGETHER, Activations.KEPT);
        return slopes(this::negativeLogLikelihood);
    }

    double ofDpo() {
        try (var loop = still()) {
            new DpoTrainer(model(), loop, new PreferenceLoss.Dpo(BETA, 0, 0), 30, Activations.KEPT)
                    .step(specimen.pairs());
        }
        return slopes(this::dpoLoss);
    }

    private CausalLm model() {
        return specimen.model();
    }

    private float[] sft(Reduction reduction, int tokens, Activations activations) {
        collectSft(reduction, tokens, activations);
        return taken();
    }

    private void collectSft(Reduction reduction, int tokens, Activations activations) {
        try (var loop = still()) {
            new SftTrainer(model(), loop, reduction, tokens, activations).step(specimen.rows());
        }
    }

    /// A loop that steps no weight, so that the gradients of a step stay where they are.
    static TrainLoop still() {
        return new TrainLoop(
                List.of(), new AdamW.Settings(0.9, 0.999, 1e-8, 0), new Schedule.ConstantSchedule(0), 1, 1, 1);
    }

    /// Every gradient, parameter after parameter; they are cleared.
    private float[] taken() {
        var joined = new float[(int) model().parameterCount()];
        int at = 0;
        for (Parameter parameter : model().parameters()) {
            float[] own = gradient(parameter);
            System.arraycopy(own, 0, joined, at, own.length);
            at += own.length;
            parameter.clearGradient();
        }
        return joined;
    }

    private static float[] gradient(Parameter parameter) {
        return parameter.gradient().orElseThrow().to(Precision.FLOAT32).toFloats();
    }

    static double distance(float[] a, float[] b) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < b.length; i++) {
            difference += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
            length += (double) b[i] * b[i];
        }
        return Math.sqrt(difference / length);
    }

    private double negativeLogLikelihood() {
        double sum = 0;
        for (float[] logProbs : new Scorer(TOGETHER).logProbs(model(), specimen.documents(), 1)) {
            for (float logProb : logProbs) sum -= logProb;
        }
        return sum;
    }

    /// −ln σ(β((ℓ_c − ref_c) − (ℓ_r − ref_r))), averaged over pairs, in doubles.
    private double dpoLoss() {
        double[] sums = DpoTrainer.sums(model(), specimen.answers(), TOGETHER);
        double loss = 0;
        for (int i = 0; i < specimen.pairs().size(); i++) {
            DpoTrainer.Row pair = specimen.pairs().get(i);
            double chosen = sums[2 * i] - pair.referenceChosen();
            double rejected = sums[2 * i + 1] - pair.referenceRejected();
            loss += Math.log1p(Math.exp(-BETA * (chosen - rejected)));
        }
        return loss / specimen.pairs().size();
    }

    /// The worst of all parameters; their gradients are cleared.
    private double slopes(DoubleSupplier loss) {
        double worst = 0;
        for (Parameter parameter : model().parameters()) {
            worst = Math.max(worst, slope(parameter, loss));
            parameter.clearGradient();
        }
        return worst;
    }

    /// Along its own gradient g the loss rises by |g| a unit.
    private static double slope(Parameter parameter, DoubleSupplier loss) {
        float[] gradient = gradient(parameter);
        double squares = 0;
        for (float g : gradient) squares += (double) g * g;
        double length = Math.sqrt(squares);
        float[] weights = parameter.master().toFloats();
        move(parameter, weights, gradient, STEP / length);
        double above = loss.getAsDouble();
        move(parameter, weights, gradient, -STEP / length);
        double below = loss.getAsDouble();
        move(parameter, weights, gradient, 0);
        return Math.abs((above - below) / (2 * STEP) - length) / length;
    }

    private static void move(Parameter parameter, float[] weights, float[] direction, double by) {
        MemorySegment memory = parameter.master().memory();
        for (int i = 0; i < weights.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (weights[i] + by * direction[i]));
        }
        parameter.masterChanged();
    }
}

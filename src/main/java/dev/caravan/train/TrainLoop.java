package dev.caravan.train;

import dev.caravan.TrainingDiverged;
import dev.caravan.model.Parameter;
import dev.caravan.tensor.FreeMemory;
import dev.caravan.tensor.Scope;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// One optimiser step after another: accumulate gradients over micro-batches, clip, step, schedule. Shared by all
/// methods, knows none.
public final class TrainLoop implements AutoCloseable {
    private static final double CLIP_GUARD = 1e-6; // as the reference adds to the norm before it divides

    private final FreeMemory memory = new FreeMemory();
    private final AdamW optimizer;
    private final Schedule schedule;
    private final double learningRate;
    private final double maxGradientNorm;
    private final long steps;
    private long step;

    /// @param learningRate the peak rate
    /// @param maxGradientNorm gradients beyond this norm are scaled down to it
    /// @param steps of the whole run: the horizon of the schedule
    public TrainLoop(
            List<Parameter> parameters,
            AdamW.Settings settings,
            Schedule schedule,
            double learningRate,
            double maxGradientNorm,
            long steps) {
        optimizer = new AdamW(parameters, settings);
        this.schedule = schedule;
        this.learningRate = learningRate;
        this.maxGradientNorm = maxGradientNorm;
        this.steps = steps;
    }

    /// Forward and backward over a part of a step's rows, leaving gradients at the parameters.
    public interface MicroBatch {
        MetricSums run();
    }

    /// @param step counted from 1
    /// @param gradientNorm before clipping
    public record Report(long step, double learningRate, double gradientNorm, SequencedMap<String, Double> metrics) {}

    /// Takes one step.
    ///
    /// @param rows ids of the rows of this step, named when it diverges
    /// @throws TrainingDiverged when a loss or the gradient is not finite; the weights are then as before the step
    public Report step(List<? extends MicroBatch> microBatches, List<String> rows) {
        var sums = new MetricSums();
        for (MicroBatch batch : microBatches) {
            try (var _ = Scope.open()) {
                sums.add(batch.run());
            }
        }
        double norm = optimizer.gradientNorm();
        var metrics = sums.means();
        requireFinite(norm, metrics, rows);
        double rate = learningRate * schedule.factor(step, steps);
        step++;
        optimizer.step(step, rate, Math.min(1, maxGradientNorm / (norm + CLIP_GUARD)));
        memory.tidy();
        return new Report(step, rate, norm, metrics);
    }

    private void requireFinite(double norm, SequencedMap<String, Double> metrics, List<String> rows) {
        String bad = metrics.entrySet().stream()
                .filter(e -> !Double.isFinite(e.getValue()))
                .map(e -> e.getKey() + " is " + e.getValue())
                .collect(Collectors.joining(", "));
        if (!Double.isFinite(norm)) {
            bad = (bad.isEmpty() ? "" : bad + ", ") + "the gradient's norm is " + norm;
        }
        if (!bad.isEmpty()) {
            throw new TrainingDiverged("training diverged at step " + (step + 1) + ": " + bad + "; rows of this step: "
                    + String.join(", ", rows));
        }
    }

    /// Steps taken so far.
    public long step() {
        return step;
    }

    public long steps() {
        return steps;
    }

    AdamW optimizer() {
        return optimizer;
    }

    void resumeAt(long step) {
        this.step = step;
    }

    @Override
    public void close() {
        optimizer.close();
    }
}

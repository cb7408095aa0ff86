package dev.caravan.train;

import dev.caravan.model.Scorer;
import dev.caravan.model.SequenceBatch;
import dev.caravan.tensor.Tensor;
import java.util.List;

/// The steps of some trajectories one after the other, with what the value loss needs of each. All `[steps]`.
///
/// @param rows rows of the flat batch whose hidden states the values are read off
record ValueSteps(int[] rows, float[] old, float[] targets, float[] weights) {
    /// @param weights of a step of each member
    static ValueSteps of(Experience experience, List<Integer> members, double[] weights, SequenceBatch batch) {
        int count = members.stream()
                .mapToInt(i -> experience.trajectories().get(i).steps())
                .sum();
        var steps = new ValueSteps(new int[count], new float[count], new float[count], new float[count]);
        int at = 0;
        for (int m = 0; m < weights.length; m++) {
            Trajectory t = experience.trajectories().get(members.get(m));
            int[] rows = Scorer.rows(batch, m, t.prompt().length - 1, t.steps());
            System.arraycopy(rows, 0, steps.rows, at, rows.length);
            System.arraycopy(t.values(), 0, steps.old, at, rows.length);
            System.arraycopy(experience.returns().get(members.get(m)), 0, steps.targets, at, rows.length);
            java.util.Arrays.fill(steps.weights, at, at + rows.length, (float) weights[m]);
            at += rows.length;
        }
        return steps;
    }

    Tensor oldValue() {
        return Tensor.of(old, old.length);
    }

    Tensor returns() {
        return Tensor.of(targets, targets.length);
    }

    Tensor weight() {
        return Tensor.of(weights, weights.length);
    }

    MetricSums metrics(float[] now, float[] losses) {
        var metrics = new MetricSums();
        for (int i = 0; i < now.length; i++) {
            metrics.add("value_loss", losses[i], weights[i])
                    .add("value", now[i], weights[i])
                    .add("return", targets[i], weights[i]);
        }
        return metrics;
    }
}

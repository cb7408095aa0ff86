package dev.caravan.train;

import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Scorer;
import dev.caravan.model.Sequence;
import dev.caravan.model.SequenceBatch;
import java.util.ArrayList;
import java.util.List;

/// Supervised fine-tuning: cross-entropy of the trained tokens, [section 4](https://arxiv.org/abs/2411.15124).
public final class SftTrainer {
    private final CausalLm model;
    private final TrainLoop loop;
    private final Reduction reduction;
    private final int microBatchTokens;
    private final Activations activations;

    /// A tokenised conversation under its id.
    public record Row(String id, Sequence sequence) {}

    /// @param microBatchTokens tokens of one forward and backward at most; changes memory, not results
    public SftTrainer(
            CausalLm model, TrainLoop loop, Reduction reduction, int microBatchTokens, Activations activations) {
        this.model = model;
        this.loop = loop;
        this.reduction = reduction;
        this.microBatchTokens = microBatchTokens;
        this.activations = activations;
    }

    /// One optimiser step over these rows. Reports `loss` (nats a trained token) and `tokens`.
    public TrainLoop.Report step(List<Row> rows) {
        long trained = rows.stream().mapToLong(r -> r.sequence().predicted()).sum();
        double weight = reduction.weight(trained);
        var groups = rows.stream().map(r -> List.of(r.sequence())).toList();
        var microBatches = new ArrayList<TrainLoop.MicroBatch>();
        for (List<List<Sequence>> part : Scorer.parts(groups, microBatchTokens)) {
            microBatches.add(() -> run(part, weight));
        }
        return loop.step(microBatches, rows.stream().map(Row::id).toList());
    }

    private MetricSums run(List<List<Sequence>> part, double weight) {
        var batch = SequenceBatch.ofGroups(part);
        float[] weights = lossWeights(part, batch.predictions().count());
        var coefficients = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            coefficients[i] = (float) (-weights[i] * weight); // the objective is Σ −w · ln π
        }
        try (var pass = model.train(batch.batch(), activations)) {
            var result = model.head().backward(pass.hidden(), batch.predictions(), coefficients, 1);
            pass.backward(result.hiddenGradient());
            return metrics(result.logProbs(), weights);
        }
    }

    private static float[] lossWeights(List<List<Sequence>> groups, int count) {
        var weights = new float[count];
        int at = 0;
        for (List<Sequence> group : groups) {
            float[] own = group.getFirst().weights();
            for (int i = 1; i < own.length; i++) {
                if (own[i] != 0) {
                    weights[at++] = own[i];
                }
            }
        }
        return weights;
    }

    private static MetricSums metrics(float[] logProbs, float[] weights) {
        double loss = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            loss -= (double) weights[i] * logProbs[i];
            total += weights[i];
        }
        return new MetricSums().add("loss", total == 0 ? 0 : loss / total, total);
    }
}

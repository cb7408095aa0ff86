package dev.caravan.train;

import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Scorer;
import dev.caravan.model.Sequence;
import dev.caravan.model.SequenceBatch;
import dev.caravan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Preference tuning on pairs, with the reference model's log-probabilities computed once before training
/// ([section 5](https://arxiv.org/abs/2411.15124)). Both answers of a pair share one pass over their prompt.
public final class DpoTrainer {
    private final CausalLm model;
    private final TrainLoop loop;
    private final PreferenceLoss loss;
    private final int microBatchTokens;
    private final Activations activations;

    /// A pair with its summed log-probabilities under the reference.
    public record Row(String id, Sequence chosen, Sequence rejected, double referenceChosen, double referenceRejected) {
        List<Sequence> group() {
            return List.of(chosen, rejected);
        }
    }

    /// @param microBatchTokens tokens of one forward and backward at most; changes memory, not results
    public DpoTrainer(
            CausalLm model, TrainLoop loop, PreferenceLoss loss, int microBatchTokens, Activations activations) {
        this.model = model;
        this.loop = loop;
        this.loss = loss;
        this.microBatchTokens = microBatchTokens;
        this.activations = activations;
    }

    /// Summed log-probabilities of the trained tokens of each sequence under a model.
    public static double[] sums(CausalLm model, List<List<Sequence>> groups, int tokensAtOnce) {
        return new Scorer(tokensAtOnce)
                .logProbs(model, groups, 1).stream()
                        .mapToDouble(DpoTrainer::sum)
                        .toArray();
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    /// One optimiser step over these pairs. Reports `loss`, `accuracy` and `margin` of the implicit rewards, and the
    /// log-probabilities a token of both sides.
    public TrainLoop.Report step(List<Row> rows) {
        var microBatches = new ArrayList<TrainLoop.MicroBatch>();
        int from = 0;
        for (var part : Scorer.parts(rows.stream().map(Row::group).toList(), microBatchTokens)) {
            List<Row> own = rows.subList(from, from + part.size());
            microBatches.add(() -> run(own, rows.size()));
            from += part.size();
        }
        return loop.step(microBatches, rows.stream().map(Row::id).toList());
    }

    private MetricSums run(List<Row> rows, int pairs) {
        var batch = SequenceBatch.ofGroups(rows.stream().map(Row::group).toList());
        try (var pass = model.train(batch.batch(), activations)) {
            float[] logProbs = model.head().logProbs(pass.hidden(), batch.predictions(), 1);
            Tensor chosen = Tensor.of(sums(batch, logProbs, 0), rows.size()).leaf();
            Tensor rejected = Tensor.of(sums(batch, logProbs, 1), rows.size()).leaf();
            PreferenceLogps logps = logps(rows, chosen, rejected);
            Tensor losses = loss.of(logps); // [batch]
            losses.sum().div(pairs).backward();
            var coefficients = coefficients(
                    batch, chosen.gradient().toFloats(), rejected.gradient().toFloats());
            pass.backward(model.head()
                    .backward(pass.hidden(), batch.predictions(), coefficients, 1)
                    .hiddenGradient());
            return metrics(rows, losses.toFloats(), logps);
        }
    }

    private static float[] sums(SequenceBatch batch, float[] logProbs, int side) {
        var sums = new float[batch.sequences() / 2];
        for (int pair = 0; pair < sums.length; pair++) {
            sums[pair] = (float) sum(batch.of(2 * pair + side, logProbs));
        }
        return sums;
    }

    /// A sequence's sum passes its gradient on to each of its tokens alike.
    private static float[] coefficients(SequenceBatch batch, float[] chosen, float[] rejected) {
        var coefficients = new float[batch.predictions().count()];
        for (int sequence = 0; sequence < batch.sequences(); sequence++) {
            int first = batch.firstPrediction(sequence);
            float value = sequence % 2 == 0 ? chosen[sequence / 2] : rejected[sequence / 2];
            java.util.Arrays.fill(coefficients, first, first + batch.predictionCount(sequence), value);
        }
        return coefficients;
    }

    private static PreferenceLogps logps(List<Row> rows, Tensor chosen, Tensor rejected) {
        return new PreferenceLogps(
                chosen,
                rejected,
                column(rows, Row::referenceChosen),
                column(rows, Row::referenceRejected),
                column(rows, r -> r.chosen().predicted()),
                column(rows, r -> r.rejected().predicted()));
    }

    private static Tensor column(List<Row> rows, java.util.function.ToDoubleFunction<Row> number) {
        var values = new float[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number.applyAsDouble(rows.get(i));
        }
        return Tensor.of(values, values.length);
    }

    private MetricSums metrics(List<Row> rows, float[] losses, PreferenceLogps logps) {
        PreferenceLogps read = loss instanceof PreferenceLoss.Dpo ? logps : logps.perToken();
        float[] chosen = read.chosenRatio().times(loss.beta()).toFloats();
        float[] rejected = read.rejectedRatio().times(loss.beta()).toFloats();
        float[] perToken = logps.perToken().policyChosen().toFloats();
        float[] perTokenRejected = logps.perToken().policyRejected().toFloats();
        var metrics = new MetricSums();
        for (int i = 0; i < rows.size(); i++) {
            metrics.add("loss", losses[i], 1)
                    .add("accuracy", chosen[i] > rejected[i] ? 1 : 0, 1)
                    .add("margin", chosen[i] - rejected[i], 1)
                    .add("reward_chosen", chosen[i], 1)
                    .add("reward_rejected", rejected[i], 1)
                    .add("logp_chosen", perToken[i], 1)
                    .add("logp_rejected", perTokenRejected[i], 1);
        }
        return metrics;
    }
}

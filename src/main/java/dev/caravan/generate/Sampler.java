package dev.caravan.generate;

import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// From logits to drawn tokens, for a batch of sequences at once.
final class Sampler {
    private final Sampling sampling;

    Sampler(Sampling sampling) {
        this.sampling = sampling;
    }

    /// @param ids the token drawn for each row
    /// @param logProbs its log-probability under softmax(logits / temperature), before tokens were ruled out
    record Drawn(long[] ids, float[] logProbs) {}

    /// @param logits `[rows, vocabulary]`
    /// @param seen tokens of each row so far, prompt included; read for the repetition penalty only
    /// @param uniforms one number in [0, 1) a row
    Drawn draw(Tensor logits, List<int[]> seen, float[] uniforms) {
        Tensor exact = logits.to(Precision.FLOAT32);
        Tensor scores = penalised(exact, seen);
        Tensor chosen = sampling.isGreedy() ? scores.argmax().unsqueeze(1) : drawn(probabilities(scores), uniforms);
        double temperature = sampling.logProbTemperature();
        Tensor logProbs = (temperature == 1 ? exact : exact.div(temperature)).logSoftmax();
        return new Drawn(chosen.toLongs(), logProbs.gather(chosen).toFloats());
    }

    /// Inverse of the distribution function: the first token whose cumulative probability exceeds the row's number.
    private static Tensor drawn(Tensor probabilities, float[] uniforms) {
        Tensor cumulative = probabilities.cumulativeSum();
        Tensor total = cumulative.narrow(1, cumulative.size(1) - 1, 1);
        return cumulative.searchSorted(Tensor.of(uniforms, uniforms.length, 1).times(total));
    }

    /// The distribution that tokens are drawn from, `[rows, vocabulary]`.
    Tensor probabilities(Tensor logits, List<int[]> seen) {
        return probabilities(penalised(logits, seen));
    }

    private Tensor probabilities(Tensor penalised) {
        Tensor scores = penalised.div(sampling.temperature());
        if (sampling.topK() > 0 && sampling.topK() < scores.size(1)) {
            scores = topK(scores);
        }
        if (sampling.topP() < 1) {
            scores = topP(scores);
        }
        if (sampling.minP() > 0) {
            scores = minP(scores);
        }
        return scores.softmax();
    }

    private Tensor penalised(Tensor logits, List<int[]> seen) {
        if (sampling.repetitionPenalty() == 1) {
            return logits;
        }
        var rows = new Tensor[seen.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = penalised(logits.narrow(0, i, 1), seen.get(i));
        }
        return Tensor.cat(0, rows);
    }

    private Tensor penalised(Tensor row, int[] seen) {
        int[] distinct = Arrays.stream(seen).sorted().distinct().toArray();
        if (distinct.length == 0) {
            return row;
        }
        Tensor index = Tensor.of(distinct).unsqueeze(0);
        float[] scores = row.gather(index).toFloats();
        for (int i = 0; i < scores.length; i++) {
            double penalty = sampling.repetitionPenalty();
            scores[i] = (float) (scores[i] < 0 ? scores[i] * penalty : scores[i] / penalty);
        }
        return row.scatter(index, Tensor.of(scores, 1, scores.length));
    }

    private Tensor topK(Tensor scores) {
        Tensor best = scores.top(sampling.topK()).values();
        return scores.maskedFill(scores.lessThan(best.narrow(1, sampling.topK() - 1L, 1)), Double.NEGATIVE_INFINITY);
    }

    /// Keeps tokens until their sum first reaches top-p; the likeliest always stays.
    private Tensor topP(Tensor scores) {
        var sorted = scores.sorted();
        Tensor probabilities = sorted.values().softmax();
        Tensor before = probabilities.cumulativeSum().minus(probabilities);
        Tensor limit = Tensor.full(sampling.topP(), 1, 1);
        Tensor kept = sorted.values().maskedFill(limit.lessThan(before), Double.NEGATIVE_INFINITY);
        return scores.scatter(sorted.positions(), kept);
    }

    private Tensor minP(Tensor scores) {
        Tensor likeliest = scores.top(1).values();
        Tensor floor = likeliest.plus(Math.log(sampling.minP()));
        return scores.maskedFill(scores.lessThan(floor), Double.NEGATIVE_INFINITY);
    }
}

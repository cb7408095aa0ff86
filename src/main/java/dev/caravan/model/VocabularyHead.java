package dev.caravan.model;

import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.util.Arrays;

/// Hidden states to log-probabilities of tokens, in chunks, and only for the rows that are asked about: over a
/// vocabulary of 49,152 a thousand rows cost as much as 25 layers' attention.
///
/// The backward pass is written out: with p = softmax(logits / T) and c the coefficient of a row's log-probability in
/// the objective, ∂/∂logits = c / T · (onehot(target) − p).
public final class VocabularyHead {
    private static final int CHUNK_NUMBERS = 1 << 25; // logits at a time: 128 MiB of float32

    private final Parameter weight; // [vocabulary, hidden]
    private final int chunkRows;

    VocabularyHead(Parameter weight) {
        this.weight = weight;
        chunkRows = (int) Math.max(1, CHUNK_NUMBERS / weight.value().size(0));
    }

    /// Logits of every row, `[rows, vocabulary]`, in the model's precision.
    public Tensor logits(Tensor hidden) {
        try (var _ = NoGradient.on()) {
            return hidden.linear(weight.value());
        }
    }

    /// ln π(target | row) of each prediction under logits / temperature.
    public float[] logProbs(Tensor hidden, Predictions predictions, double temperature) {
        var logProbs = new float[predictions.count()];
        eachChunk(predictions, chunk -> {
            Tensor logits = hidden.rows(chunk.rowIndex()).linear(weight.value());
            copy(
                    scaled(logits, temperature)
                            .logSoftmax()
                            .gather(chunk.targetColumn())
                            .toFloats(),
                    logProbs,
                    chunk.from());
        });
        return logProbs;
    }

    /// Pushes the gradient of Σ coefficient · ln π(target | row) into the weight and returns what it is for the
    /// hidden states.
    ///
    /// @param coefficients ∂objective / ∂log-prob of each prediction
    public Result backward(Tensor hidden, Predictions predictions, float[] coefficients, double temperature) {
        var logProbs = new float[predictions.count()];
        Tensor hiddenGradient = Tensor.zeros(Precision.FLOAT32, hidden.shape());
        Tensor sum = weight.isTrained() ? weight.gradientSum() : null;
        eachChunk(predictions, chunk -> {
            Tensor rows = hidden.rows(chunk.rowIndex());
            Tensor logProb = scaled(rows.linear(weight.value()), temperature).logSoftmax(); // [rows, vocabulary]
            copy(logProb.gather(chunk.targetColumn()).toFloats(), logProbs, chunk.from());
            Tensor coefficient =
                    Tensor.of(slice(coefficients, chunk), chunk.count(), 1).div(temperature);
            Tensor logitGradient = logProb.expInPlace()
                    .timesInPlace(coefficient.neg())
                    .scatterAddInPlace(chunk.targetColumn(), coefficient)
                    .to(hidden.isFloat32() ? Precision.FLOAT32 : Precision.BFLOAT16);
            hiddenGradient.addRowsInPlace(
                    chunk.rowIndex(), logitGradient.matmul(weight.value()).to(Precision.FLOAT32));
            if (sum != null) {
                addProduct(sum, logitGradient, rows);
            }
        });
        return new Result(logProbs, hidden.isFloat32() ? hiddenGradient : hiddenGradient.to(Precision.BFLOAT16));
    }

    /// @param logProbs of each prediction, as [#logProbs] gives them
    /// @param hiddenGradient `[tokens, hidden]`
    public record Result(float[] logProbs, Tensor hiddenGradient) {}

    private static void addProduct(Tensor sum, Tensor logitGradient, Tensor rows) {
        if (rows.isFloat32()) {
            sum.plusMatrixProductInPlace(logitGradient.transpose(0, 1), rows);
        } else {
            sum.plusInPlace(logitGradient.transpose(0, 1).matmul(rows));
        }
    }

    private static Tensor scaled(Tensor logits, double temperature) {
        return temperature == 1 ? logits : logits.to(Precision.FLOAT32).div(temperature);
    }

    private void eachChunk(Predictions predictions, java.util.function.Consumer<Chunk> work) {
        for (int from = 0; from < predictions.count(); from += chunkRows) {
            try (var _ = NoGradient.on();
                    var _ = Scope.open()) {
                work.accept(Chunk.of(predictions, from, Math.min(from + chunkRows, predictions.count())));
            }
        }
    }

    private record Chunk(int from, int count, Tensor rowIndex, Tensor targetColumn) {
        static Chunk of(Predictions predictions, int from, int to) {
            Tensor targets = Tensor.of(Arrays.copyOfRange(predictions.targets(), from, to));
            return new Chunk(
                    from, to - from, Tensor.of(Arrays.copyOfRange(predictions.rows(), from, to)), targets.unsqueeze(1));
        }
    }

    private static void copy(float[] part, float[] whole, int at) {
        System.arraycopy(part, 0, whole, at, part.length);
    }

    private static float[] slice(float[] values, Chunk chunk) {
        return Arrays.copyOfRange(values, chunk.from(), chunk.from() + chunk.count());
    }
}

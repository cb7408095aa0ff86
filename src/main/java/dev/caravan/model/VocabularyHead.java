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
    private static final long CHUNK_BYTES = 1L << 27; // of logits at a time, in the model's precision
    private static final long SOFTMAX_NUMBERS = 1L << 22; // float32 logits at a time: these passes stay in the cache

    private final Parameter weight; // [vocabulary, hidden]
    private final int chunkRows;
    private final int softmaxRows;

    VocabularyHead(Parameter weight) {
        this.weight = weight;
        long vocabulary = weight.value().size(0);
        int bytes = weight.value().isFloat32() ? 4 : 2;
        chunkRows = Repeated.rowsWithin(CHUNK_BYTES / bytes / vocabulary);
        softmaxRows = (int) Math.max(1, SOFTMAX_NUMBERS / vocabulary);
    }

    /// Logits of every row, `[rows, vocabulary]`, in the model's precision.
    public Tensor logits(Tensor hidden) {
        try (var _ = NoGradient.on()) {
            return weight.linear(hidden);
        }
    }

    /// ln π(target | row) of each prediction under logits / temperature.
    public float[] logProbs(Tensor hidden, Predictions predictions, double temperature) {
        var logProbs = new float[predictions.count()];
        eachChunk(predictions, chunk -> {
            Tensor logits = hidden.rows(chunk.rowIndex()).linear(weight.value());
            Tensor asked = scaled(logits, temperature).logSoftmax().gather(chunk.targetColumn());
            copy(asked, logProbs, chunk.from(), chunk.count());
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
        eachChunk(predictions, chunk -> {
            Tensor rows = hidden.rows(chunk.rowIndex());
            Tensor logits = weight.spacedLinear(rows); // [rows, vocabulary]; becomes its own gradient
            for (int from = 0; from < chunk.rows(); from += softmaxRows) {
                try (var _ = Scope.open()) {
                    differentiate(logits, chunk.part(from, softmaxRows), coefficients, logProbs, temperature);
                }
            }
            hiddenGradient.addRowsInPlace(
                    chunk.rowIndex(), logits.matmul(weight.value()).to(Precision.FLOAT32));
            weight.addProduct(logits.transpose(0, 1), rows);
        });
        return new Result(logProbs, hiddenGradient.to(hidden.precision()));
    }

    /// @param logProbs of each prediction, as [#logProbs] gives them
    /// @param hiddenGradient `[tokens, hidden]`
    public record Result(float[] logProbs, Tensor hiddenGradient) {}

    /// Puts the gradient in the place of some rows of logits, and their log-probabilities where they belong.
    private static void differentiate(
            Tensor logits, Chunk.Part part, float[] coefficients, float[] logProbs, double temperature) {
        Tensor own = logits.narrow(0, part.first(), part.count());
        Tensor logProb = scaled(own, temperature).logSoftmax();
        copy(logProb.gather(part.targetColumn()), logProbs, part.from(), part.asked());
        float[] given = new float[part.count()];
        System.arraycopy(coefficients, part.from(), given, 0, part.asked());
        Tensor coefficient = Tensor.of(given, given.length, 1).div(temperature);
        own.copyInPlace(logProb.expInPlace()
                .timesInPlace(coefficient.neg())
                .scatterAddInPlace(part.targetColumn(), coefficient));
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
            int end = from + Repeated.rows(to - from); // filled up with zeros, which nothing is made of
            Tensor targets = Tensor.of(Arrays.copyOfRange(predictions.targets(), from, end));
            Tensor rows = Tensor.of(Arrays.copyOfRange(predictions.rows(), from, end));
            return new Chunk(from, to - from, rows, targets.unsqueeze(1));
        }

        int rows() {
            return (int) rowIndex.count();
        }

        /// @param first row within the chunk
        /// @param from number of the first prediction
        /// @param asked rows that belong to a prediction
        record Part(int first, int from, int count, int asked, Tensor targetColumn) {}

        Part part(int first, int most) {
            int rows = Math.min(most, rows() - first);
            int asked = Math.clamp(count - first, 0, rows);
            return new Part(first, from + Math.min(first, count), rows, asked, targetColumn.narrow(0, first, rows));
        }
    }

    private static void copy(Tensor part, float[] whole, int at, int count) {
        System.arraycopy(part.toFloats(), 0, whole, at, count);
    }
}

package dev.caravan.model;

import dev.caravan.DataException;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A decoder-only transformer that predicts the next token. Owns its weights; one thread at a time.
public final class CausalLm implements AutoCloseable {
    private final Trunk trunk;
    private final Parameter headWeight; // the embedding itself when tied
    private final VocabularyHead head;

    private CausalLm(ModelConfig config, Precision precision, ParameterSource source) {
        trunk = new Trunk(config, precision, source);
        headWeight = config.tiedEmbeddings()
                ? trunk.embedding()
                : source.matrix(
                        config.hiddenSize(), new ParameterSource.Rows("lm_head.weight", config.vocabularySize()));
        head = new VocabularyHead(headWeight);
    }

    /// A model on disk, to be read only.
    ///
    /// @throws DataException when it is none, or no language model
    public static CausalLm open(Path model, Precision precision) {
        try (var files = ModelFiles.open(model)) {
            if (files.config().isClassifier()) {
                throw new DataException(model + ": is a reward model, but a language model is needed here");
            }
            return frozen(files.config(), files.weights(), precision);
        }
    }

    /// Weights from a file, to be trained.
    public static CausalLm trained(ModelConfig config, Weights weights, Precision precision) {
        return new CausalLm(config, precision, new StoredParameters(weights, precision, true));
    }

    /// Weights from a file, to be read only: no master copy, no gradients.
    public static CausalLm frozen(ModelConfig config, Weights weights, Precision precision) {
        return new CausalLm(config, precision, new StoredParameters(weights, precision, false));
    }

    /// Fresh weights: matrices from N(0, deviation²), norms of ones; the same seed gives the same bits.
    public static CausalLm random(ModelConfig config, double deviation, long seed, Precision precision) {
        return new CausalLm(config, precision, new RandomParameters(deviation, seed, precision));
    }

    public ModelConfig config() {
        return trunk.config();
    }

    public Precision precision() {
        return trunk.precision();
    }

    /// Every weight once, in the order of the layers.
    public List<Parameter> parameters() {
        var parameters = new ArrayList<>(trunk.parameters());
        if (headWeight != trunk.embedding()) {
            parameters.add(headWeight);
        }
        return parameters;
    }

    public long parameterCount() {
        return parameters().stream().mapToLong(Parameter::count).sum();
    }

    public VocabularyHead head() {
        return head;
    }

    /// Makes products of few rows faster until what is returned is closed; no weight may change before that. The
    /// matrices lie in memory twice as long.
    ///
    /// @param rows sequences that are decoded together
    public Packed packed(int rows) {
        var matrices = new ArrayList<>(trunk.matrices());
        matrices.add(headWeight);
        matrices.forEach(matrix -> matrix.pack(rows));
        return () -> matrices.forEach(Parameter::unpack);
    }

    /// The matrices of a model, made ready for decoding.
    public interface Packed extends AutoCloseable {
        @Override
        void close();
    }

    /// Hidden states, `[tokens, hidden]`, without a record of gradients.
    public Tensor hidden(FlatBatch batch) {
        return trunk.hidden(batch);
    }

    /// Hidden states of tokens whose keys and values join those that `attention` remembers.
    public Tensor hidden(int[] ids, int[] positions, KeyValueCache.Step attention) {
        return trunk.hidden(ids, positions, attention);
    }

    /// Hidden states with everything that a backward pass needs.
    public Pass train(FlatBatch batch, Activations activations) {
        return trunk.train(batch, activations);
    }

    @Override
    public void close() {
        parameters().forEach(Parameter::close);
    }
}

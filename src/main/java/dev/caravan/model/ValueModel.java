package dev.caravan.model;

import dev.caravan.DataException;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The same trunk with one number a token instead of words: a value function, or a reward model when it is read at
/// the last token. Weight files know it as `LlamaForSequenceClassification` with one label.
public final class ValueModel implements AutoCloseable {
    private static final String HEAD = "score.weight";

    private final Trunk trunk;
    private final Parameter headWeight;
    private final ScalarHead head;

    private ValueModel(ModelConfig config, Precision precision, ParameterSource source) {
        trunk = new Trunk(config, precision, source);
        headWeight = source.matrix(config.hiddenSize(), new ParameterSource.Rows(HEAD, 1));
        head = new ScalarHead(headWeight);
    }

    /// A reward model on disk, to be read only.
    ///
    /// @throws DataException when it is none
    public static ValueModel open(Path model, Precision precision) {
        try (var files = ModelFiles.open(model)) {
            if (files.config().labels().orElse(0) != 1) {
                throw new DataException(model + ": is no reward model; its config.json must name a"
                        + " …ForSequenceClassification architecture with one label");
            }
            return frozen(files.config(), files.weights(), precision);
        }
    }

    /// From a weight file that has a head, to be trained.
    public static ValueModel trained(ModelConfig config, Weights weights, Precision precision) {
        return new ValueModel(config, precision, new StoredParameters(weights, precision, true));
    }

    /// From a weight file that has a head, to be read only.
    public static ValueModel frozen(ModelConfig config, Weights weights, Precision precision) {
        return new ValueModel(config, precision, new StoredParameters(weights, precision, false));
    }

    /// The trunk of a language model under a head of zeros: every value is 0 until it learns.
    public static ValueModel withZeroHead(ModelConfig config, Weights weights, Precision precision) {
        var stored = new StoredParameters(weights, precision, true);
        return new ValueModel(config, precision, stored.withZeros(HEAD));
    }

    public ModelConfig config() {
        return trunk.config();
    }

    public List<Parameter> parameters() {
        var parameters = new ArrayList<>(trunk.parameters());
        parameters.add(headWeight);
        return parameters;
    }

    public ScalarHead head() {
        return head;
    }

    /// Hidden states, `[tokens, hidden]`, without a record of gradients.
    public Tensor hidden(FlatBatch batch) {
        return trunk.hidden(batch);
    }

    public Pass train(FlatBatch batch, Activations activations) {
        return trunk.train(batch, activations);
    }

    @Override
    public void close() {
        parameters().forEach(Parameter::close);
    }
}

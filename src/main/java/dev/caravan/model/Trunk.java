package dev.caravan.model;

import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Embedding, blocks and final norm of a decoder-only transformer: tokens to hidden states. What is read off the
/// hidden states (words, a value, a reward) is a head's business.
final class Trunk {
    private final ModelConfig config;
    private final Precision precision;
    private final Rotary rotary;
    private final Parameter embedding;
    private final List<Block> blocks;
    private final RmsNorm norm;

    Trunk(ModelConfig config, Precision precision, ParameterSource source) {
        this.config = config;
        this.precision = precision;
        rotary = new Rotary(config);
        embedding = source.matrix(
                config.hiddenSize(), new ParameterSource.Rows("model.embed_tokens.weight", config.vocabularySize()));
        blocks = IntStream.range(0, config.layers())
                .mapToObj(layer -> new Block(layer, config, source))
                .toList();
        norm = new RmsNorm(source.norm("model.norm.weight", config.hiddenSize()), config.normEpsilon());
    }

    ModelConfig config() {
        return config;
    }

    Precision precision() {
        return precision;
    }

    Parameter embedding() {
        return embedding;
    }

    List<Parameter> parameters() {
        var parameters = new ArrayList<Parameter>();
        parameters.add(embedding);
        blocks.forEach(block -> parameters.addAll(block.parameters()));
        parameters.add(norm.weight());
        return parameters;
    }

    /// The matrices of all layers.
    List<Parameter> matrices() {
        return blocks.stream().flatMap(block -> block.matrices().stream()).toList();
    }

    /// Hidden states after the final norm, `[tokens, hidden]`, without a record of gradients.
    Tensor hidden(FlatBatch batch) {
        return hidden(batch.ids(), batch.positions(), new SegmentAttention(batch, config, precision));
    }

    Tensor hidden(int[] ids, int[] positions, Attention attention) {
        try (var _ = NoGradient.on();
                var all = Scope.open()) {
            var angles = rotary.at(positions, precision);
            Tensor x = embedding.value().rows(Tensor.of(ids));
            for (Block block : blocks) {
                try (var scope = Scope.open()) {
                    x = scope.pass(block.forward(x, angles, attention));
                }
            }
            return all.pass(norm.forward(x, Tape.forgetting()));
        }
    }

    /// The same with everything that a backward pass needs, and rows behind the last token that no gradient reaches.
    Pass train(FlatBatch batch, Activations activations) {
        int rows = Repeated.rows(batch.tokens());
        var angles = rotary.at(Arrays.copyOf(batch.positions(), rows), precision);
        var attention = new SegmentAttention(batch, rows, config, precision);
        var pass = new Pass(embedding, Arrays.copyOf(batch.ids(), rows), activations);
        for (Block block : blocks) {
            block.units(angles, attention).forEach(pass::forward);
        }
        pass.forward(norm);
        return pass;
    }
}

package dev.caravan.model;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// The shape of a decoder-only transformer: what `config.json` says beside the weights.
///
/// @param vocabularySize rows of the embedding, at least the number of token ids
/// @param hiddenSize width of the residual stream
/// @param intermediateSize width inside the feed-forward layer
/// @param heads query heads of a layer
/// @param keyValueHeads key and value heads of a layer, each shared by `heads / keyValueHeads` query heads
/// @param headDimension width of one head; usually, but not always, `hiddenSize / heads`
/// @param normEpsilon what the root-mean-square norms add to the mean square
/// @param maxPositions the longest context in tokens
/// @param tiedEmbeddings whether the output head is the embedding matrix itself
/// @param endTokenIds the ids that end a completion; may be empty
/// @param labels how many scores the head of a classifier gives; empty for a language model
public record ModelConfig(
        Architecture architecture,
        int vocabularySize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int keyValueHeads,
        int headDimension,
        double normEpsilon,
        Rope rope,
        int maxPositions,
        boolean tiedEmbeddings,
        OptionalInt beginTokenId,
        List<Integer> endTokenIds,
        OptionalInt padTokenId,
        OptionalInt labels) {
    public ModelConfig {
        checkPositive("vocab_size", vocabularySize);
        checkPositive("hidden_size", hiddenSize);
        checkPositive("intermediate_size", intermediateSize);
        checkPositive("num_hidden_layers", layers);
        checkPositive("num_attention_heads", heads);
        checkPositive("num_key_value_heads", keyValueHeads);
        checkPositive("head_dim", headDimension);
        checkPositive("max_position_embeddings", maxPositions);
        check(
                heads % keyValueHeads == 0,
                "num_attention_heads (%s) must be a multiple of num_key_value_heads (%s)",
                heads,
                keyValueHeads);
        check(headDimension % 2 == 0, "head_dim must be even for rotary positions, got %s", headDimension);
        check(normEpsilon > 0, "rms_norm_eps must be positive, got %s", normEpsilon);
        check(labels.orElse(1) > 0, "a classifier needs at least one label, got %s", labels.orElse(1));
        endTokenIds = List.copyOf(endTokenIds);
    }

    /// Reads Hugging Face's `config.json`, in the form of transformers 5 (`rope_parameters`, `dtype`) or of older
    /// versions (`rope_theta`, `rope_scaling`).
    ///
    /// @throws dev.caravan.DataException when the file asks for something that Caravan does not compute
    public static ModelConfig read(Path file) {
        return ConfigJson.read(file);
    }

    /// A `config.json` that old and new versions of transformers load, for weights stored as `type`.
    public String toJson(ElementType type) {
        return ConfigJson.write(this, type);
    }

    /// The names and shapes of all tensors, from the embedding to the head; matrices are `[out, in]`.
    public SequencedMap<String, long[]> tensorShapes() {
        return ModelTensors.shapes(this);
    }

    /// Whether the head gives scores per label instead of logits over the vocabulary.
    public boolean isClassifier() {
        return labels.isPresent();
    }

    /// The same model with other end tokens.
    public ModelConfig withEndTokenIds(List<Integer> ids) {
        return new ModelConfig(
                architecture,
                vocabularySize,
                hiddenSize,
                intermediateSize,
                layers,
                heads,
                keyValueHeads,
                headDimension,
                normEpsilon,
                rope,
                maxPositions,
                tiedEmbeddings,
                beginTokenId,
                ids,
                padTokenId,
                labels);
    }

    private static void checkPositive(String name, int value) {
        check(value > 0, "%s must be positive, got %s", name, value);
    }

    private static void check(boolean holds, String rule, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(rule.formatted(values));
        }
    }
}

package dev.caravan.model;

import dev.caravan.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Which tensors a model of a given configuration consists of, and whether a file holds just those.
final class ModelTensors {
    private ModelTensors() {}

    /// Names and shapes, from the embedding to the head.
    static SequencedMap<String, long[]> shapes(ModelConfig config) {
        SequencedMap<String, long[]> shapes = new LinkedHashMap<>();
        long hidden = config.hiddenSize();
        shapes.put("model.embed_tokens.weight", new long[] {config.vocabularySize(), hidden});
        for (int layer = 0; layer < config.layers(); layer++) {
            putLayer(shapes, "model.layers." + layer + ".", config);
        }
        shapes.put("model.norm.weight", new long[] {hidden});
        if (config.labels().isPresent()) {
            shapes.put("score.weight", new long[] {config.labels().getAsInt(), hidden});
        } else if (!config.tiedEmbeddings()) {
            shapes.put("lm_head.weight", new long[] {config.vocabularySize(), hidden});
        }
        return shapes;
    }

    private static void putLayer(SequencedMap<String, long[]> shapes, String layer, ModelConfig config) {
        long hidden = config.hiddenSize();
        long inner = config.intermediateSize();
        long queries = (long) config.heads() * config.headDimension();
        long keys = (long) config.keyValueHeads() * config.headDimension();
        shapes.put(layer + "input_layernorm.weight", new long[] {hidden});
        shapes.put(layer + "self_attn.q_proj.weight", new long[] {queries, hidden});
        shapes.put(layer + "self_attn.k_proj.weight", new long[] {keys, hidden});
        shapes.put(layer + "self_attn.v_proj.weight", new long[] {keys, hidden});
        shapes.put(layer + "self_attn.o_proj.weight", new long[] {hidden, queries});
        shapes.put(layer + "post_attention_layernorm.weight", new long[] {hidden});
        shapes.put(layer + "mlp.gate_proj.weight", new long[] {inner, hidden});
        shapes.put(layer + "mlp.up_proj.weight", new long[] {inner, hidden});
        shapes.put(layer + "mlp.down_proj.weight", new long[] {hidden, inner});
    }

    /// @throws DataException naming the first tensor that is missing, has another shape, or has no place in the model
    static void check(ModelConfig config, Weights weights, Path source) {
        if (config.layers() > weights.names().size()) {
            throw new DataException("%s: has %d tensors, too few for the %d layers of its configuration"
                    .formatted(source, weights.names().size(), config.layers()));
        }
        SequencedMap<String, long[]> expected = shapes(config);
        expected.forEach((name, shape) -> checkShape(name, shape, weights, source));
        for (String name : weights.names()) {
            if (!expected.containsKey(name) && !isRedundant(name, config)) {
                throw new DataException("%s: tensor \"%s\" has no place in the model that its configuration describes"
                        .formatted(source, name));
            }
        }
    }

    private static void checkShape(String name, long[] expected, Weights weights, Path source) {
        long[] shape = weights.shape(name);
        if (!Arrays.equals(shape, expected)) {
            throw new DataException("%s: tensor \"%s\" has the shape %s, but its configuration makes it %s"
                    .formatted(source, name, Arrays.toString(shape), Arrays.toString(expected)));
        }
    }

    /// What some files store although it follows from the rest: the frequencies of the rotary positions, and the head
    /// of a model that uses its embedding as head.
    private static boolean isRedundant(String name, ModelConfig config) {
        return name.endsWith(".rotary_emb.inv_freq") || (name.equals("lm_head.weight") && config.tiedEmbeddings());
    }
}

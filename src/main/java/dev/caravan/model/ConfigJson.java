package dev.caravan.model;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.model.Rope.Llama3Scaling;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// `config.json` of Hugging Face, in and out. What is absent has the default of transformers' `LlamaConfig`.
final class ConfigJson {
    private static final double DEFAULT_THETA = 10_000;
    private static final int DEFAULT_POSITIONS = 2048;
    private static final double DEFAULT_EPSILON = 1e-6;
    private static final int DEFAULT_LABELS = 2;

    private ConfigJson() {}

    static ModelConfig read(Path file) {
        JsonFields json = JsonFields.read(file);
        String className = className(json);
        Architecture architecture = Architecture.ofClass(className, file);
        refuseWhatIsNotComputed(json);
        try {
            return config(json, architecture, architecture.isClassifier(className));
        } catch (IllegalArgumentException e) {
            throw new DataException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static ModelConfig config(JsonFields json, Architecture architecture, boolean classifier) {
        int hiddenSize = json.integer("hidden_size");
        int heads = json.integer("num_attention_heads");
        int headDimension = heads > 0 ? hiddenSize / heads : 0;
        return new ModelConfig(
                architecture,
                json.integer("vocab_size"),
                hiddenSize,
                json.integer("intermediate_size"),
                json.integer("num_hidden_layers"),
                heads,
                json.integer("num_key_value_heads", heads),
                json.integer("head_dim", headDimension),
                json.number("rms_norm_eps", DEFAULT_EPSILON),
                rope(json),
                json.integer("max_position_embeddings", DEFAULT_POSITIONS),
                json.flag("tie_word_embeddings", false),
                json.optionalInteger("bos_token_id"),
                json.ids("eos_token_id"),
                json.optionalInteger("pad_token_id"),
                classifier ? OptionalInt.of(labels(json)) : OptionalInt.empty());
    }

    private static String className(JsonFields json) {
        var names = json.value("architectures");
        if (names.isArray() && names.size() == 1 && names.get(0).isString()) {
            return names.get(0).stringValue();
        }
        if (json.has("architectures")) {
            throw json.wrong("architectures", names, "must be a list of one class name");
        }
        String modelType = json.text("model_type")
                .orElseThrow(() ->
                        new DataException("%s: names no architecture: architectures and model_type are both missing"
                                .formatted(json.file())));
        return Architecture.ofModelType(modelType, json.file()).className(false);
    }

    private static void refuseWhatIsNotComputed(JsonFields json) {
        for (String bias : List.of("attention_bias", "mlp_bias")) {
            if (json.flag(bias, false)) {
                throw json.wrong(bias, true, "must be false: Llama with biases is not supported");
            }
        }
        String activation = json.text("hidden_act").orElse("silu");
        if (!activation.equals("silu")) {
            throw json.wrong("hidden_act", '"' + activation + '"', "must be \"silu\", the only activation supported");
        }
    }

    private static int labels(JsonFields json) {
        return json.object("id2label")
                .map(names -> names.node().size())
                .orElseGet(() -> json.integer("num_labels", DEFAULT_LABELS));
    }

    private static Rope rope(JsonFields json) {
        double theta = json.number("rope_theta", DEFAULT_THETA);
        Optional<JsonFields> parameters = json.object("rope_parameters").or(() -> json.object("rope_scaling"));
        return parameters
                .map(rope -> new Rope(rope.number("rope_theta", theta), scaling(rope)))
                .orElseGet(() -> Rope.of(theta));
    }

    private static Optional<Llama3Scaling> scaling(JsonFields rope) {
        String typeKey = rope.has("rope_type") ? "rope_type" : "type";
        String type = rope.text(typeKey).orElse("default");
        return switch (type) {
            case "default" -> Optional.empty();
            case "llama3" ->
                Optional.of(new Llama3Scaling(
                        rope.number("factor"),
                        rope.number("low_freq_factor"),
                        rope.number("high_freq_factor"),
                        rope.integer("original_max_position_embeddings")));
            default -> throw rope.wrong(typeKey, '"' + type + '"', "must be \"default\" or \"llama3\"");
        };
    }

    static String write(ModelConfig config, ElementType type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("architectures", List.of(config.architecture().className(config.isClassifier())));
        json.put("model_type", config.architecture().modelType());
        putShape(json, config);
        putRope(json, config.rope());
        putTokens(json, config);
        config.labels().ifPresent(labels -> putLabels(json, labels));
        json.put("dtype", type.torchName());
        json.put("torch_dtype", type.torchName());
        var indent = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent);
        return Json.mapper().writer().with(printer).writeValueAsString(json) + "\n";
    }

    private static void putShape(Map<String, Object> json, ModelConfig config) {
        json.put("vocab_size", config.vocabularySize());
        json.put("hidden_size", config.hiddenSize());
        json.put("intermediate_size", config.intermediateSize());
        json.put("num_hidden_layers", config.layers());
        json.put("num_attention_heads", config.heads());
        json.put("num_key_value_heads", config.keyValueHeads());
        json.put("head_dim", config.headDimension());
        json.put("hidden_act", "silu");
        json.put("attention_bias", false);
        json.put("mlp_bias", false);
        json.put("rms_norm_eps", config.normEpsilon());
        json.put("max_position_embeddings", config.maxPositions());
        json.put("tie_word_embeddings", config.tiedEmbeddings());
    }

    /// Both forms: transformers 5 reads `rope_parameters`, older versions `rope_theta` and `rope_scaling`.
    private static void putRope(Map<String, Object> json, Rope rope) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("rope_type", rope.scaling().isPresent() ? "llama3" : "default");
        rope.scaling().ifPresent(scaling -> {
            parameters.put("factor", scaling.factor());
            parameters.put("low_freq_factor", scaling.lowFrequencyFactor());
            parameters.put("high_freq_factor", scaling.highFrequencyFactor());
            parameters.put("original_max_position_embeddings", scaling.originalPositions());
        });
        json.put("rope_theta", rope.theta());
        json.put("rope_scaling", rope.scaling().isPresent() ? new LinkedHashMap<>(parameters) : null);
        parameters.put("rope_theta", rope.theta());
        json.put("rope_parameters", parameters);
    }

    private static void putTokens(Map<String, Object> json, ModelConfig config) {
        config.beginTokenId().ifPresent(id -> json.put("bos_token_id", id));
        List<Integer> ends = config.endTokenIds();
        if (!ends.isEmpty()) {
            json.put("eos_token_id", ends.size() == 1 ? ends.getFirst() : ends);
        }
        config.padTokenId().ifPresent(id -> json.put("pad_token_id", id));
    }

    private static void putLabels(Map<String, Object> json, int labels) {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int label = 0; label < labels; label++) {
            names.put(Integer.toString(label), "LABEL_" + label);
            ids.put("LABEL_" + label, label);
        }
        json.put("id2label", names);
        json.put("label2id", ids);
    }
}

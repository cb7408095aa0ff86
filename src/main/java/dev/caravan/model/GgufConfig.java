package dev.caravan.model;

import dev.caravan.DataException;
import dev.caravan.model.Rope.Llama3Scaling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A Llama's configuration from the metadata of a GGUF file.
///
/// @param tensors the tensors under Hugging Face's names
record GgufConfig(GgufMetadata metadata, Map<String, MappedTensor> tensors) {
    private static final double DEFAULT_THETA = 10_000;

    /// What Llama 3.1 and 3.2 use throughout; GGUF keeps only the factors that follow from these.
    private static final double LOW_FREQUENCY_FACTOR = 1;

    private static final double HIGH_FREQUENCY_FACTOR = 4;
    private static final int ORIGINAL_POSITIONS = 8192;
    private static final double FACTOR_TOLERANCE = 1e-3;

    /// @param ropeFactors what each rotary frequency is divided by; empty without scaling
    ModelConfig read(float[] ropeFactors) {
        refuseWhatIsNotComputed();
        try {
            return config(ropeFactors);
        } catch (IllegalArgumentException e) {
            throw new DataException("%s: %s".formatted(metadata.file(), e.getMessage()), e);
        }
    }

    private ModelConfig config(float[] ropeFactors) {
        int hiddenSize = integer("embedding_length");
        int heads = integer("attention.head_count");
        int headDimension = optional("attention.key_length").orElse(heads > 0 ? hiddenSize / heads : 0);
        checkWholeHeadTurns(headDimension);
        return new ModelConfig(
                Architecture.ofModelType(metadata.text("general.architecture"), metadata.file()),
                vocabularySize(),
                hiddenSize,
                integer("feed_forward_length"),
                integer("block_count"),
                heads,
                optional("attention.head_count_kv").orElse(heads),
                headDimension,
                metadata.number(key("attention.layer_norm_rms_epsilon")),
                rope(headDimension, ropeFactors),
                integer("context_length"),
                !tensors.containsKey("lm_head.weight"),
                metadata.optionalInteger("tokenizer.ggml.bos_token_id"),
                endTokenIds(),
                metadata.optionalInteger("tokenizer.ggml.padding_token_id"),
                OptionalInt.empty());
    }

    private void refuseWhatIsNotComputed() {
        int experts = optional("expert_count").orElse(0);
        if (experts > 0) {
            throw metadata.wrong(key("expert_count"), experts, "0: mixtures of experts are not supported");
        }
        String scaling = metadata.optionalText(key("rope.scaling.type")).orElse("none");
        if (!scaling.equals("none")) {
            throw metadata.wrong(key("rope.scaling.type"), scaling, "\"none\", the only type supported");
        }
    }

    private void checkWholeHeadTurns(int headDimension) {
        int turned = optional("rope.dimension_count").orElse(headDimension);
        if (turned != headDimension) {
            throw metadata.wrong(key("rope.dimension_count"), turned, "the width of a head, " + headDimension);
        }
    }

    private int vocabularySize() {
        MappedTensor embedding = MappedTensor.find(tensors, "model.embed_tokens.weight", metadata.file());
        return embedding.shape().length == 0 ? 0 : Math.toIntExact(embedding.shape()[0]);
    }

    /// The end of a text and, where it is another token, the end of a turn.
    private List<Integer> endTokenIds() {
        return Stream.of("eos_token_id", "eot_token_id")
                .map(name -> metadata.optionalInteger("tokenizer.ggml." + name))
                .flatMapToInt(OptionalInt::stream)
                .distinct()
                .boxed()
                .toList();
    }

    private Rope rope(int headDimension, float[] factors) {
        double theta = metadata.optionalNumber(key("rope.freq_base")).orElse(DEFAULT_THETA);
        double largest = 1;
        for (float factor : factors) {
            largest = Math.max(largest, factor);
        }
        if (largest == 1) {
            return Rope.of(theta);
        }
        int positions = optional("rope.scaling.original_context_length").orElse(ORIGINAL_POSITIONS);
        var scaling = new Llama3Scaling(largest, LOW_FREQUENCY_FACTOR, HIGH_FREQUENCY_FACTOR, positions);
        Rope rope = new Rope(theta, Optional.of(scaling));
        checkFactors(rope, headDimension, factors);
        return rope;
    }

    private void checkFactors(Rope rope, int headDimension, float[] factors) {
        double[] plain = Rope.of(rope.theta()).frequencies(headDimension);
        double[] scaled = rope.frequencies(headDimension);
        boolean agree = factors.length == plain.length;
        for (int pair = 0; agree && pair < plain.length; pair++) {
            double expected = plain[pair] / scaled[pair];
            agree = Math.abs(factors[pair] - expected) <= FACTOR_TOLERANCE * expected;
        }
        if (!agree) {
            throw new DataException(
                    "%s: tensor \"rope_freqs.weight\" does not follow Llama 3.1's rule (%s); other scalings are not supported"
                            .formatted(metadata.file(), rope.scaling().orElseThrow()));
        }
    }

    private int integer(String name) {
        return metadata.integer(key(name));
    }

    private OptionalInt optional(String name) {
        return metadata.optionalInteger(key(name));
    }

    private String key(String name) {
        return metadata.text("general.architecture") + "." + name;
    }
}

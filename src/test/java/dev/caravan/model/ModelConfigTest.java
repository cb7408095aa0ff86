package dev.caravan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.DataException;
import dev.caravan.model.Rope.Llama3Scaling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
    private static final Rope SCALED = new Rope(500_000, Optional.of(new Llama3Scaling(8, 1, 4, 8192)));

    @TempDir
    private Path folder;

    static ModelConfig config(Rope rope, OptionalInt labels) {
        return new ModelConfig(
                Architecture.LLAMA,
                40,
                16,
                24,
                2,
                4,
                2,
                4,
                1e-5,
                rope,
                128,
                false,
                OptionalInt.of(1),
                List.of(2, 3),
                OptionalInt.empty(),
                labels);
    }

    private Path file(String json) {
        return Floats.write(folder.resolve("config.json"), json.getBytes(StandardCharsets.UTF_8));
    }

    private ModelConfig read(String json) {
        return ModelConfig.read(file(json));
    }

    /// The least that a configuration must say, with further keys.
    private static String llama(String more) {
        return "{\"architectures\":[\"LlamaForCausalLM\"],\"vocab_size\":40,\"hidden_size\":16,\"intermediate_size\":24,"
                + "\"num_hidden_layers\":2,\"num_attention_heads\":4" + more + "}";
    }

    @Test
    void configurationSurvivesItsOwnJson() {
        ModelConfig plain = config(Rope.of(10_000), OptionalInt.empty());
        ModelConfig scaledClassifier = config(SCALED, OptionalInt.of(1));

        assertThat(read(plain.toJson(ElementType.F32))).isEqualTo(plain);
        assertThat(read(scaledClassifier.toJson(ElementType.BF16))).isEqualTo(scaledClassifier);
    }

    @Test
    void absentKeysHaveTheDefaultsOfTransformers() {
        ModelConfig config = read(llama(",\"head_dim\":null,\"rope_scaling\":null"));

        assertThat(config.keyValueHeads()).isEqualTo(4);
        assertThat(config.headDimension()).isEqualTo(4);
        assertThat(config.rope()).isEqualTo(Rope.of(10_000));
        assertThat(config.normEpsilon()).isEqualTo(1e-6);
        assertThat(config.maxPositions()).isEqualTo(2048);
        assertThat(config.endTokenIds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "rope_theta":500000,"rope_scaling":{"rope_type":"llama3",
            "rope_theta":500000,"rope_scaling":{"type":"llama3",
            "rope_parameters":{"rope_theta":500000,"rope_type":"llama3",
            """)
    void oldAndNewRopeKeysMeanTheSame(String start) {
        String rest =
                "\"factor\":8,\"low_freq_factor\":1,\"high_freq_factor\":4,\"original_max_position_embeddings\":8192}";

        assertThat(read(llama("," + start + rest)).rope()).isEqualTo(SCALED);
    }

    @Test
    void unknownArchitectureIsNamedBesideTheKnown() {
        Path file = file("{\"architectures\":[\"MambaForCausalLM\"]}");

        assertThatThrownBy(() -> ModelConfig.read(file))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": architecture \"MambaForCausalLM\" is not supported;"
                        + " known: LlamaForCausalLM, LlamaForSequenceClassification");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "attention_bias":true                  | attention_bias must be false: Llama with biases is not supported, got true
            "mlp_bias":true                        | mlp_bias must be false: Llama with biases is not supported, got true
            "hidden_act":"gelu"                    | hidden_act must be "silu", the only activation supported, got "gelu"
            "rope_scaling":{"rope_type":"yarn"}    | rope_scaling.rope_type must be "default" or "llama3", got "yarn"
            "rope_scaling":{"type":"linear"}       | rope_scaling.type must be "default" or "llama3", got "linear"
            "rope_parameters":{"rope_type":"llama3"} | rope_parameters.factor is missing
            "num_key_value_heads":3                | num_attention_heads (4) must be a multiple of num_key_value_heads (3)
            "head_dim":3                           | head_dim must be even for rotary positions, got 3
            "vocab_size":0                         | vocab_size must be positive, got 0
            "vocab_size":"many"                    | vocab_size must be an integer, got "many"
            "vocab_size":1e3                       | vocab_size must be an integer, got 1000.0
            "rms_norm_eps":0                       | rms_norm_eps must be positive, got 0.0
            "eos_token_id":["</s>"]                | eos_token_id must be a token id or a list of them, got ["</s>"]
            "tie_word_embeddings":1                | tie_word_embeddings must be true or false, got 1
            """)
    void whatIsNotComputedIsRefusedWithTheRule(String key, String complaint) {
        Path file = file(llama("," + key));

        assertThatThrownBy(() -> ModelConfig.read(file))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": " + complaint);
    }

    @Test
    void missingKeyAndBrokenJsonAreNamed() {
        Path missing = file("{\"architectures\":[\"LlamaForCausalLM\"]}");
        assertThatThrownBy(() -> ModelConfig.read(missing)).hasMessage(missing + ": hidden_size is missing");

        Path broken = file("{\"architectures\":");
        assertThatThrownBy(() -> ModelConfig.read(broken))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(broken + ": not valid JSON: ");
    }

    @Test
    void generationConfigAddsItsEndTokensOnce() {
        Path one = Floats.write(folder.resolve("1.json"), "{\"eos_token_id\":7}".getBytes(StandardCharsets.UTF_8));
        Path list = Floats.write(folder.resolve("2.json"), "{\"eos_token_id\":[3,9]}".getBytes(StandardCharsets.UTF_8));
        ModelConfig config = config(SCALED, OptionalInt.empty()); // ends with 2 or 3

        assertThat(GenerationConfig.read(one).addTo(config).endTokenIds()).containsExactly(2, 3, 7);
        assertThat(GenerationConfig.read(list).addTo(config).endTokenIds()).containsExactly(2, 3, 9);
    }

    @Test
    void ropeTurnsByTheGeometricSeries() {
        // theta^(-2i/d) = 10000^(-2i/4)
        assertThat(Rope.of(10_000).frequencies(4)).containsExactly(new double[] {1, 0.01}, within(1e-15));
    }

    @Test
    void llama3ScalingKeepsShortWavesStretchesLongOnesAndInterpolatesBetween() {
        var scaling = new Llama3Scaling(8, 1, 4, 8192);
        double turn = 2 * Math.PI / 8192; // the frequency that turns once in the original context

        assertThat(scaling.of(5 * turn)).isEqualTo(5 * turn);
        assertThat(scaling.of(0.5 * turn)).isEqualTo(0.5 * turn / 8);
        // 2.5 turns lie half way between 1 and 4: the mean of kept and stretched
        assertThat(scaling.of(2.5 * turn)).isCloseTo(2.5 * turn * (1 + 1 / 8.0) / 2, within(1e-15));
    }
}

package dev.caravan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that transformers and llama.cpp wrote.
class GoldenWeightsTest {
    private static final Path SHARED = Path.of("../shared");
    private static final Path SMOLLM2 = SHARED.resolve("models/smollm2-135m-instruct");

    @ParameterizedTest
    @ValueSource(strings = {"llama2", "llama3_rope", "llama_tied", "llama_reward"})
    void tinyModelsHaveTheTensorsThatTheirConfigurationsDescribe(String name) {
        Path folder = SHARED.resolve("golden/tiny").resolve(name);
        assumeTrue(Files.exists(folder), () -> folder + " is absent: 1 of 4 tiny models skipped");

        try (ModelFiles model = ModelFiles.open(folder)) {
            assertThat(model.weights().names())
                    .containsExactlyInAnyOrderElementsOf(
                            model.config().tensorShapes().keySet());
            assertThat(Floats.of(model.weights(), "model.norm.weight")).hasSize(32);
        }
    }

    @Test
    void metadataOfTheGgufSaysWhatTheConfigurationBesideItSays() {
        assumeTrue(Files.exists(SMOLLM2), () -> SMOLLM2 + " is absent: 1 case skipped");

        try (Gguf gguf = Gguf.open(SMOLLM2.resolve("model.gguf"))) {
            assertThat(gguf.config()).isEqualTo(ModelConfig.read(SMOLLM2.resolve("config.json")));
            assertThat(gguf.tokenizer().orElseThrow().tokens()).hasSize(49_152);
        }
    }

    /// The hash is that of `gguf.dequantize` (gguf 0.19.0), with the rows of q and k put back, in the order of the
    /// names.
    @Test
    void lastLayerIsDequantisedBitByBitAsByTheReference() throws NoSuchAlgorithmException {
        assumeTrue(Files.exists(SMOLLM2), () -> SMOLLM2 + " is absent: 1 case skipped");
        var sha256 = MessageDigest.getInstance("SHA-256");

        try (Gguf gguf = Gguf.open(SMOLLM2.resolve("model.gguf"))) {
            gguf.names().stream()
                    .filter(name -> name.startsWith("model.layers.29."))
                    .sorted()
                    .forEach(name -> sha256.update(Floats.encode(ElementType.F32, Floats.of(gguf, name))));
        }

        assertThat(HexFormat.of().formatHex(sha256.digest()))
                .isEqualTo("8d05b70c26e84b2dc8779e6089125feb0cd77b22ad99befa40d20e47acb86826");
    }
}

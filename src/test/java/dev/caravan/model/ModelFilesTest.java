package dev.caravan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
    private static final ModelConfig CONFIG = ModelConfigTest.config(Rope.of(10_000), OptionalInt.empty());

    @TempDir
    private Path folder;

    private void write(String name, String text) {
        Floats.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private void writeWeights(Map<String, long[]> shapes) {
        StoredTensor[] tensors = shapes.entrySet().stream()
                .map(entry -> Floats.tensor(
                        entry.getKey(),
                        ElementType.F32,
                        entry.getValue(),
                        new float[(int) StoredTensor.elements(entry.getValue())]))
                .toArray(StoredTensor[]::new);
        Floats.write(folder.resolve("model.safetensors"), Floats.safeTensors(tensors));
    }

    @Test
    void folderGivesConfigurationWeightsEndTokensAndTokenizerFiles() {
        write("config.json", CONFIG.toJson(ElementType.F32));
        write("generation_config.json", "{\"eos_token_id\":[2,9]}");
        write("tokenizer.json", "{}");
        writeWeights(CONFIG.tensorShapes());

        try (ModelFiles model = ModelFiles.open(folder)) {
            assertThat(model.config().endTokenIds()).containsExactly(2, 3, 9);
            assertThat(model.weights().names()).hasSize(1 + 2 * 9 + 1 + 1);
            assertThat(model.tokenizerJson()).contains(folder.resolve("tokenizer.json"));
            assertThat(model.chatTemplate()).isEmpty();
        }
    }

    @Test
    void ggufIsReadAloneOrFromItsFolder() {
        Path file = folder.resolve("model.gguf");
        Floats.write(file, GgufBytes.llama().llamaTensors().build());

        try (ModelFiles alone = ModelFiles.open(file);
                ModelFiles inFolder = ModelFiles.open(folder)) {
            assertThat(alone.config()).isEqualTo(inFolder.config());
            assertThat(alone.tokenizerJson()).isEmpty();
        }
    }

    @Test
    void safetensorsArePreferredToGguf() {
        write("config.json", CONFIG.toJson(ElementType.F32));
        writeWeights(CONFIG.tensorShapes());
        Floats.write(
                folder.resolve("model.gguf"), GgufBytes.llama().llamaTensors().build());

        try (ModelFiles model = ModelFiles.open(folder)) {
            assertThat(model.weights()).isInstanceOf(SafeTensors.class);
        }
    }

    @Test
    void wrongShapesAreNamedBesideWhatTheConfigurationMakesThem() {
        Map<String, long[]> shapes = CONFIG.tensorShapes();
        shapes.put("model.layers.1.mlp.up_proj.weight", new long[] {16, 24});
        write("config.json", CONFIG.toJson(ElementType.F32));
        writeWeights(shapes);

        assertThatThrownBy(() -> ModelFiles.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(folder + ": tensor \"model.layers.1.mlp.up_proj.weight\" has the shape [16, 24],"
                        + " but its configuration makes it [24, 16]");
    }

    @Test
    void missingAndSurplusTensorsAreNamed() {
        write("config.json", CONFIG.toJson(ElementType.F32));
        Map<String, long[]> shapes = CONFIG.tensorShapes();
        shapes.put("model.layers.0.self_attn.q_proj.bias", new long[] {16});
        writeWeights(shapes);
        assertThatThrownBy(() -> ModelFiles.open(folder))
                .hasMessage(folder + ": tensor \"model.layers.0.self_attn.q_proj.bias\" has no place in the model"
                        + " that its configuration describes");

        shapes.remove("model.norm.weight");
        writeWeights(shapes);
        assertThatThrownBy(() -> ModelFiles.open(folder))
                .hasMessageStartingWith(folder + ": has no tensor \"model.norm.weight\"; nearest: ");
    }

    @Test
    void whatIsNoModelIsRefused() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> ModelFiles.open(missing))
                .hasMessage(missing + ": no such model; it must be a folder or a .gguf file");
        assertThatThrownBy(() -> ModelFiles.open(folder))
                .hasMessage(folder + ": must hold model.safetensors, model.safetensors.index.json or one .gguf file;"
                        + " it holds 0 .gguf files");
    }
}

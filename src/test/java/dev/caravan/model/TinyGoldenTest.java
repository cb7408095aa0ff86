package dev.caravan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.generate.Generator;
import dev.caravan.generate.Request;
import dev.caravan.generate.Sampling;
import dev.caravan.io.Json;
import dev.caravan.tensor.Device;
import dev.caravan.tensor.Engine;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Small random models as Hugging Face's transformers computes them, in float32.
class TinyGoldenTest {
    private static final Path TINY = Path.of("../shared/golden/tiny");

    @BeforeAll
    static void startEngine() {
        Engine.start(Precision.FLOAT32, 0, Device.CPU);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama2", "llama3_rope", "llama_tied"})
    void lossAndGradientNormsAreThoseOfTransformers(String name) throws IOException {
        JsonNode expected = expected(name);
        try (var files = ModelFiles.open(TINY.resolve(name));
                var model = CausalLm.trained(files.config(), files.weights(), Precision.FLOAT32);
                var _ = Scope.open()) {
            double loss = backward(model, ids(TINY.resolve(name)));

            double wanted = expected.path("loss_sum").asDouble();
            assertThat(loss).isCloseTo(wanted, within(1e-4 * wanted));
            expected.path("gradient_norms")
                    .properties()
                    .forEach(norm -> assertThat(norm(model, norm.getKey()))
                            .as(norm.getKey())
                            .isCloseTo(
                                    norm.getValue().asDouble(),
                                    within(1e-4 * norm.getValue().asDouble())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama2", "llama3_rope", "llama_tied"})
    void greedyTokensAreThoseOfTransformers(String name) throws IOException {
        JsonNode expected = expected(name);
        try (var model = CausalLm.open(TINY.resolve(name), Precision.FLOAT32)) {
            var request = new Request("prompt", ints(expected.path("greedy_prompt")), 1);
            var generator = new Generator(model, Set.of(), _ -> "", 1);

            var completion = generator
                    .generate(List.of(request), Sampling.greedy(40), 0)
                    .getFirst()
                    .getFirst();

            assertThat(completion.ids()).containsExactly(ints(expected.path("greedy")));
        }
    }

    @Test
    void rewardsAreThoseOfTransformers() throws IOException {
        JsonNode rows = expected("llama_reward");
        try (var model = ValueModel.open(TINY.resolve("llama_reward"), Precision.FLOAT32)) {
            for (JsonNode row : rows) {
                float reward = new Scorer(1).lastValues(model, List.of(ints(row.path("ids"))))[0];
                assertThat((double) reward).isCloseTo(row.path("reward").asDouble(), within(1e-5));
            }
        }
    }

    /// Runs the sequence forward and backward; the summed loss of all tokens but the first.
    private static double backward(CausalLm model, int[] ids) {
        var batch =
                SequenceBatch.of(List.of(Sequence.of(Arrays.copyOf(ids, 1), Arrays.copyOfRange(ids, 1, ids.length))));
        var coefficients = new float[ids.length - 1];
        Arrays.fill(coefficients, -1);
        try (var pass = model.train(batch.batch(), Activations.KEPT)) {
            var result = model.head().backward(pass.hidden(), batch.predictions(), coefficients, 1);
            pass.backward(result.hiddenGradient());
            double sum = 0;
            for (float logProb : result.logProbs()) sum -= logProb;
            return sum;
        }
    }

    private static double norm(CausalLm model, String name) {
        for (Parameter parameter : model.parameters()) {
            for (Parameter.Part part : parameter.parts()) {
                if (part.name().equals(name)) {
                    Tensor gradient = parameter.gradient().orElseThrow();
                    return norm(
                            gradient.narrow(0, part.firstRow(), part.shape()[0]).toFloats());
                }
            }
        }
        throw new AssertionError("no parameter " + name);
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) squares += (double) value * value;
        return Math.sqrt(squares);
    }

    private static int[] ids(Path folder) {
        try (var tensors = SafeTensors.open(folder.resolve("expected.safetensors"))) {
            float[] floats = Floats.of(tensors, "ids");
            var ids = new int[floats.length];
            Arrays.setAll(ids, i -> (int) floats[i]);
            return ids;
        }
    }

    private static JsonNode expected(String name) throws IOException {
        Path file = TINY.resolve(name).resolve("expected.json");
        assumeTrue(
                Files.exists(file), () -> "SKIPPED: " + file + " is not here, so 1 of 4 tiny models is not compared");
        return Json.tree(Files.readString(file));
    }

    private static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }
}

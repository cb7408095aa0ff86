package dev.caravan.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.io.Json;
import dev.caravan.tensor.Device;
import dev.caravan.tensor.Engine;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SamplerTest {
    private static final Path GOLDEN = Path.of("../shared/golden/sampling.jsonl");
    /// Logits of a distribution over four tokens.
    private static final float[] HALF_QUARTER_EIGHTHS = logs(0.5, 0.25, 0.125, 0.125);

    private Scope scope;

    @BeforeEach
    void open() {
        Engine.start(Precision.FLOAT32, 0, Device.CPU);
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void topKKeepsTheLikeliest() {
        assertProbabilities(sampling(1, 2, 1, 0, 1), 2 / 3.0, 1 / 3.0, 0, 0);
    }

    @Test
    void topPKeepsTokensUntilTheirSumReachesIt() {
        // 0.5 alone falls short of 0.6; with 0.25 it is reached
        assertProbabilities(sampling(1, 0, 0.6, 0, 1), 2 / 3.0, 1 / 3.0, 0, 0);
        assertProbabilities(sampling(1, 0, 0.4, 0, 1), 1, 0, 0, 0);
    }

    @Test
    void minPKeepsWhatIsLikelyRelativeToTheLikeliest() {
        // 0.4 of 0.5 is 0.2
        assertProbabilities(sampling(1, 0, 1, 0.4, 1), 2 / 3.0, 1 / 3.0, 0, 0);
    }

    @Test
    void temperatureTwoTakesTheRootOfTheProbabilities() {
        double sum = Math.sqrt(0.5) + 0.5 + 2 * Math.sqrt(0.125);
        assertProbabilities(
                sampling(2, 0, 1, 0, 1),
                Math.sqrt(0.5) / sum,
                0.5 / sum,
                Math.sqrt(0.125) / sum,
                Math.sqrt(0.125) / sum);
    }

    @Test
    void penaltyMakesTokensSeenBeforeLessLikelyOnce() {
        var sampler = new Sampler(sampling(1, 0, 1, 0, 2));
        Tensor logits = Tensor.of(new float[] {2, -1, 0.5f}, 1, 3);

        float[] found =
                sampler.probabilities(logits, List.of(new int[] {0, 1, 0})).toFloats();

        // 2 / 2, −1 · 2, and 0.5 as it was
        double sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5);
        assertThat(found)
                .containsExactly(
                        new float[] {
                            (float) (Math.exp(1) / sum), (float) (Math.exp(-2) / sum), (float) (Math.exp(0.5) / sum)
                        },
                        within(1e-6f));
    }

    @Test
    void drawIsTheFirstTokenWhoseCumulativeProbabilityExceedsTheNumber() {
        var sampler = new Sampler(sampling(1, 0, 1, 0, 1));
        float[] rows = new float[12];
        for (int row = 0; row < 3; row++) System.arraycopy(HALF_QUARTER_EIGHTHS, 0, rows, 4 * row, 4);

        var drawn = sampler.draw(Tensor.of(rows, 3, 4), List.of(), new float[] {0.49f, 0.51f, 0.99f});

        assertThat(drawn.ids()).containsExactly(0, 1, 3);
        assertThat(drawn.logProbs()).containsExactly(logs(0.5, 0.25, 0.125), within(1e-6f));
    }

    @Test
    void probabilitiesAreThoseOfTransformers() throws IOException {
        assumeTrue(Files.exists(GOLDEN), () -> "SKIPPED 24 cases: there is no " + GOLDEN);
        for (String line : Files.readAllLines(GOLDEN)) {
            JsonNode row = Json.tree(line);
            float[] logits = floats(row.path("logits"));
            int[] previous =
                    row.path("previous").valueStream().mapToInt(JsonNode::asInt).toArray();

            float[] found = new Sampler(sampling(row.path("sampling")))
                    .probabilities(Tensor.of(logits, 1, logits.length), List.of(previous))
                    .toFloats();

            assertThat(found)
                    .as(row.path("sampling").toString())
                    .containsExactly(floats(row.path("probabilities")), within(1e-5f));
        }
    }

    private static void assertProbabilities(Sampling sampling, double... expected) {
        float[] found = new Sampler(sampling)
                .probabilities(Tensor.of(HALF_QUARTER_EIGHTHS, 1, 4), List.of())
                .toFloats();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).as("token " + i).isCloseTo(expected[i], within(1e-6));
        }
    }

    private static Sampling sampling(double temperature, int topK, double topP, double minP, double penalty) {
        return new Sampling(1, temperature, topK, topP, minP, penalty, List.of(), false);
    }

    private static Sampling sampling(JsonNode row) {
        return sampling(
                row.path("temperature").asDouble(1),
                row.path("top_k").asInt(0),
                row.path("top_p").asDouble(1),
                row.path("min_p").asDouble(0),
                row.path("repetition_penalty").asDouble(1));
    }

    private static float[] floats(JsonNode list) {
        var floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) floats[i] = list.get(i).floatValue();
        return floats;
    }

    private static float[] logs(double... probabilities) {
        var logs = new float[probabilities.length];
        for (int i = 0; i < logs.length; i++) logs[i] = (float) Math.log(probabilities[i]);
        return logs;
    }
}

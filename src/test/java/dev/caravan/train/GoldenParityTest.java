package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.io.Json;
import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.FlatBatch;
import dev.caravan.model.ModelFiles;
import dev.caravan.model.Parameter;
import dev.caravan.model.Predictions;
import dev.caravan.model.SafeTensors;
import dev.caravan.model.Sequence;
import dev.caravan.tensor.OpenScope;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import dev.caravan.train.PreferenceLoss.Dpo;
import dev.caravan.train.PreferenceLoss.DpoNorm;
import dev.caravan.train.PreferenceLoss.Ipo;
import dev.caravan.train.PreferenceLoss.Simpo;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// SmolLM2-135M beside what Hugging Face computes with the same weights, in float32.
@ExtendWith(OpenScope.class)
class GoldenParityTest {
    private static final Path SHARED = Path.of("../shared");
    private static final Path MODEL = SHARED.resolve("models/smollm2-135m-instruct");
    private static final Path GOLDEN = SHARED.resolve("golden");
    private static final int TOGETHER = 100_000;

    private static CausalLm model() {
        try (ModelFiles files = ModelFiles.open(MODEL)) {
            return CausalLm.trained(files.config(), files.weights(), Precision.FLOAT32);
        }
    }

    private static Path golden(String name, String cases) {
        Path file = GOLDEN.resolve(name);
        assumeTrue(
                Files.exists(MODEL) && Files.exists(file),
                () -> "SKIPPED " + cases + ": needs " + MODEL + " and " + file);
        return file;
    }

    private static JsonNode json(String name, String cases) {
        try {
            return Json.tree(Files.readString(golden(name, cases)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void logProbabilitiesAreThoseOfTransformers() throws IOException {
        Path tensors = golden("logits.safetensors", "6 prompts");
        try (CausalLm model = model();
                SafeTensors expected = SafeTensors.open(tensors)) {
            for (String line : Files.readAllLines(GOLDEN.resolve("logits_prompts.jsonl"))) {
                JsonNode prompt = Json.tree(line);
                compareLogits(model, expected, prompt.get("i").asString(), Numbers.ints(prompt.get("ids")));
            }
        }
    }

    private static void compareLogits(CausalLm model, SafeTensors expected, String i, int[] ids) {
        try (var _ = Scope.open()) {
            Tensor logits = model.head().logits(model.hidden(FlatBatch.of(List.of(ids)))); // [tokens, vocabulary]
            float[] last = logits.narrow(0, ids.length - 1, 1).contiguous().toFloats();
            assertThat(last).containsExactly(floats(expected, "last_logits." + i), within(2e-4f));
            assertThat(logits.logSumExp().toFloats())
                    .containsExactly(floats(expected, "logsumexp." + i), within(2e-4f));
        }
        if (ids.length > 1) {
            try (var _ = Scope.open()) {
                int[] rows = IntStream.range(0, ids.length - 1).toArray();
                int[] targets = java.util.Arrays.copyOfRange(ids, 1, ids.length);
                Tensor hidden = model.hidden(FlatBatch.of(List.of(ids)));
                assertThat(model.head().logProbs(hidden, new Predictions(rows, targets), 1))
                        .containsExactly(floats(expected, "next_logprob." + i), within(2e-4f));
            }
        }
    }

    private static float[] floats(SafeTensors file, String name) {
        var floats = new float[(int) file.elements(name)];
        file.copyAsFloat(name, MemorySegment.ofArray(floats));
        return floats;
    }

    @Test
    void gradientsOfFourRowsAreThoseOfTransformers() {
        JsonNode golden = json("sft_gradients.json", "the gradients of 4 rows");
        try (CausalLm model = model();
                var loop = TinyModels.still()) {
            var trainer = new SftTrainer(model, loop, new Reduction.Sum(1), TOGETHER, Activations.KEPT);
            double loss = trainer.step(sftRows(golden.get("rows"))).metrics().get("loss");
            assertRelative("loss", loss, golden.get("loss_mean").asDouble(), 1e-4);
            double squares = 0;
            for (Parameter parameter : model.parameters()) {
                squares += compareNorms(parameter, golden.get("gradient_norms_of_sum"));
            }
            assertRelative(
                    "norm",
                    Math.sqrt(squares),
                    golden.get("gradient_norm_of_sum").asDouble(),
                    1e-4);
        }
    }

    /// Compares each part's norm and gives the square of the whole.
    private static double compareNorms(Parameter parameter, JsonNode expected) {
        Tensor gradient = parameter.gradient().orElseThrow();
        double squares = 0;
        for (Parameter.Part part : parameter.parts()) {
            Tensor own =
                    parameter.parts().size() == 1 ? gradient : gradient.narrow(0, part.firstRow(), part.shape()[0]);
            double square = own.square().sum().item();
            assertRelative(
                    part.name(), Math.sqrt(square), expected.get(part.name()).asDouble(), 1e-4);
            squares += square;
        }
        return squares;
    }

    private static List<SftTrainer.Row> sftRows(JsonNode rows) {
        return rows.valueStream()
                .map(row -> new SftTrainer.Row(
                        "row", new Sequence(Numbers.ints(row.get("ids")), Numbers.floats(row.get("mask")))))
                .toList();
    }

    @Test
    void firstTwoSftStepsAreThoseOfTransformers() {
        compareSftSteps(2);
    }

    @Test
    @Tag("proof")
    void twentySftStepsAreThoseOfTransformers() {
        compareSftSteps(20);
    }

    private static void compareSftSteps(int steps) {
        JsonNode golden = json("sft_steps.json", steps + " steps of supervised training");
        var settings = new AdamW.Settings(0.9, 0.999, 1e-8, 0.01);
        try (CausalLm model = model();
                var loop = new TrainLoop(model.parameters(), settings, new Schedule.LinearSchedule(0.1), 5e-5, 1, 20)) {
            var trainer = new SftTrainer(model, loop, new Reduction.Mean(), TOGETHER, Activations.KEPT);
            for (int step = 0; step < steps; step++) {
                var report = trainer.step(sftRows(golden.get("batches").get(step)));
                compare(report, golden.get("steps").get(step));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpo", "dpo_norm", "simpo", "ipo"})
    void firstTwoPreferenceStepsAreThoseOfTransformers(String loss) {
        comparePreferenceSteps(loss, 2);
    }

    @ParameterizedTest
    @Tag("proof")
    @ValueSource(strings = {"dpo", "dpo_norm", "simpo", "ipo"})
    void sixPreferenceStepsAreThoseOfTransformers(String loss) {
        comparePreferenceSteps(loss, 6);
    }

    private static void comparePreferenceSteps(String name, int steps) {
        JsonNode golden = json("preference_steps.json", steps + " steps of " + name);
        var settings = new AdamW.Settings(0.9, 0.999, 1e-8, 0);
        try (CausalLm model = model();
                var loop =
                        new TrainLoop(model.parameters(), settings, new Schedule.LinearSchedule(1 / 6.0), 1e-5, 1, 6)) {
            var trainer = new DpoTrainer(model, loop, loss(name), TOGETHER, Activations.KEPT);
            for (int step = 0; step < steps; step++) {
                var report = trainer.step(pairs(golden.get("batches").get(step)));
                compare(report, golden.get("losses").get(name).get("steps").get(step));
            }
        }
    }

    /// The reference's gamma of 0.5 is the margin itself: 2 · 0.25.
    private static PreferenceLoss loss(String name) {
        return switch (name) {
            case "dpo" -> new Dpo(0.1, 0, 0);
            case "dpo_norm" -> new DpoNorm(5, 0);
            case "simpo" -> new Simpo(2, 0.25);
            default -> new Ipo(0.1);
        };
    }

    private static List<DpoTrainer.Row> pairs(JsonNode batch) {
        return batch.valueStream()
                .map(pair -> new DpoTrainer.Row(
                        "pair",
                        answers(pair).getFirst(),
                        answers(pair).getLast(),
                        pair.get("reference_chosen").asDouble(),
                        pair.get("reference_rejected").asDouble()))
                .toList();
    }

    @Test
    void referenceLogProbabilitiesAreThoseOfTransformers() {
        JsonNode batch = json("preference_steps.json", "the reference's 4 pairs")
                .get("batches")
                .get(0);
        try (CausalLm model = model()) {
            var groups = batch.valueStream().map(GoldenParityTest::answers).toList();
            double[] sums = DpoTrainer.sums(model, groups, TOGETHER);
            for (int i = 0; i < groups.size(); i++) {
                assertRelative(
                        "chosen",
                        sums[2 * i],
                        batch.get(i).get("reference_chosen").asDouble(),
                        1e-5);
                assertRelative(
                        "rejected",
                        sums[2 * i + 1],
                        batch.get(i).get("reference_rejected").asDouble(),
                        1e-5);
            }
        }
    }

    private static List<Sequence> answers(JsonNode pair) {
        int[] prompt = Numbers.ints(pair.get("prompt"));
        return List.of(
                Sequence.of(prompt, Numbers.ints(pair.get("chosen"))),
                Sequence.of(prompt, Numbers.ints(pair.get("rejected"))));
    }

    private static void compare(TrainLoop.Report report, JsonNode expected) {
        String step = "step " + report.step();
        assertRelative(
                step + " loss",
                report.metrics().get("loss"),
                expected.get("loss").asDouble(),
                1e-3);
        assertRelative(
                step + " norm",
                report.gradientNorm(),
                expected.get("gradient_norm").asDouble(),
                1e-2);
        assertThat(report.learningRate())
                .isCloseTo(expected.get("learning_rate").asDouble(), within(1e-12));
    }

    private static void assertRelative(String what, double actual, double expected, double tolerance) {
        assertThat(actual).as(what).isCloseTo(expected, within(tolerance * Math.abs(expected)));
    }
}

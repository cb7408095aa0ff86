package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The whole path on the tiny recipe, through the command line. The tests share one run; what changes a run works
/// on a copy of it.
class EndToEndTest {
    private static final Path RECIPE = Path.of("recipes/tiny.yaml");
    private static final List<String> STAGES =
            List.of("pool", "clean", "base", "sft", "pairs", "dpo", "ppo", "grpo", "eval");

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path run;
    private static EndToEndCall first;

    @BeforeAll
    static void runEverything() {
        run = shared.resolve("run");
        first = caravan("run", RECIPE, "--out", run);
    }

    private Path copy() throws IOException {
        Path copy = folder.resolve("run");
        try (Stream<Path> all = Files.walk(run)) {
            for (Path path : all.toList()) {
                Files.copy(path, copy.resolve(run.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    private static List<JsonNode> rows(String file) throws IOException {
        return Files.readAllLines(run.resolve(file)).stream().map(Json::tree).toList();
    }

    @Test
    void runEndsWithOneLineOfJsonThatTellsOfEveryStage() {
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out().lines()).hasSize(1);
        assertThat(first.summary().path("status").asString()).isEqualTo("done");
        assertThat(first.summary().path("run").asString()).isEqualTo(run.toString());
        assertThat(first.ran()).isEqualTo(STAGES);
        assertThat(first.summary().at("/stages/0/fingerprint").asString()).matches("[0-9a-f]{64}");
    }

    @Test
    void runEndsForPeopleWithTheScoresAndTheReportsPath() {
        List<String> lines = first.err().lines().toList();
        assertThat(lines.getLast()).isEqualTo("report: " + run.resolve("report.html"));
        assertThat(lines)
                .anyMatch(line -> line.matches("arithmetic, accuracy, greedy +score % +95 % interval +gain .*"));
        assertThat(lines)
                .anyMatch(line -> line.matches("  grpo +\\d+\\.\\d +\\d+\\.\\d – \\d+\\.\\d +[+-]\\d+\\.\\d .*"));
        assertThat(run.resolve("report.html"))
                .content()
                .contains("<!doctype html>", "id=\"scores\"", "id=\"rollouts\"");
    }

    @Test
    void everyStageLeavesAManifestWithTheHashesOfItsFiles() throws IOException {
        for (int i = 0; i < STAGES.size(); i++) {
            Path stage = run.resolve("%02d-%s".formatted(i + 1, STAGES.get(i)));
            JsonNode manifest = Json.tree(Files.readString(stage.resolve("manifest.json")));
            assertThat(manifest.path("stage").asString()).isEqualTo(STAGES.get(i));
            assertThat(manifest.path("outputs"))
                    .isNotEmpty()
                    .allSatisfy(output -> assertThat(
                                    stage.resolve(output.path("file").asString()))
                            .hasSize(output.path("bytes").asLong())
                            .hasDigest("SHA-256", output.path("sha256").asString()));
        }
        try (Stream<Path> entries = Files.list(run)) {
            assertThat(entries).noneMatch(path -> path.toString().matches(".*\\.(work|draft|old)"));
        }
    }

    @Test
    void metricsHaveEveryStepOfEveryTrainingStageOnce() throws IOException {
        List<String> steps = rows("metrics.jsonl").stream()
                .map(row ->
                        row.path("stage").asString() + " " + row.path("step").asLong())
                .toList();
        assertThat(steps).doesNotHaveDuplicates().contains("sft 1", "dpo 6", "ppo 4", "grpo 4");
        assertThat(rows("metrics.jsonl"))
                .filteredOn(row -> row.has("logprob_difference"))
                .hasSize(8)
                .allMatch(row -> row.path("logprob_difference").asDouble() <= 1e-4);
    }

    @Test
    void scoresNameEveryModelAtEveryTemperatureWithItsInterval() throws IOException {
        JsonNode scores = Json.tree(Files.readString(run.resolve("09-eval/scores.json")));
        assertThat(scores).hasSize(10).allSatisfy(score -> {
            assertThat(score.path("n").asInt()).isEqualTo(16);
            assertThat(score.path("ci95")).hasSize(2);
        });
        assertThat(scores.findValuesAsString("model")).containsSequence("dpo", "dpo", "ppo", "ppo", "grpo", "grpo");
    }

    @Test
    void secondRunReusesEverythingAndLeavesTheReportAlone() throws IOException {
        Path copy = copy();
        EndToEndCall second = caravan("run", RECIPE, "--out", copy);
        assertThat(second.status()).isZero();
        assertThat(second.ran()).isEmpty();
        assertThat(second.summary().path("stages")).hasSize(STAGES.size());
        assertThat(second.err()).contains("report: " + copy.resolve("report.html"));
        assertThat(Files.getLastModifiedTime(copy.resolve("report.html")))
                .isEqualTo(Files.getLastModifiedTime(run.resolve("report.html")));
    }

    @Test
    void anotherBetaOfDpoRunsDpoAndWhatFollowsAndNothingBefore() throws IOException {
        Path copy = copy();
        EndToEndCall changed = caravan("run", RECIPE, "--out", copy, "--set", "stages.dpo.loss.beta=2");
        assertThat(changed.status()).as(changed.err()).isZero();
        assertThat(changed.ran()).containsExactly("dpo", "ppo", "grpo", "eval");
        EndToEndCall why = caravan("why", "--miss", "dpo", "--run", copy);
        assertThat(why.out())
                .isEqualTo("dpo is up to date; it ran last because\n  settings.loss.beta was 5.0, is 2.0\n");
        EndToEndCall sft = caravan("why", "--miss", "sft", "--run", copy);
        assertThat(sft.out()).isEqualTo("sft is up to date; it ran last because\n  no earlier results\n");
    }

    @Test
    void aMissingReportIsWrittenAgain() throws IOException {
        Path copy = copy();
        Files.delete(copy.resolve("report.html"));
        assertThat(caravan("run", RECIPE, "--out", copy).ran()).isEmpty();
        assertThat(copy.resolve("report.html")).hasSameBinaryContentAs(run.resolve("report.html"));
    }

    @Test
    void whyTellsInWhichStepsARowWasLearnt() throws IOException {
        String row = rows("04-sft/steps.jsonl").getFirst().at("/rows/0").asString();
        assertThat(why(row))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("01-pool +data\\.jsonl:\\d+ +kept, from the source (arithmetic|chat)"),
                        line -> assertThat(line)
                                .matches("02-clean +data\\.jsonl:\\d+ +kept, from the source (arithmetic|chat)"),
                        line -> assertThat(line).matches("04-sft +steps\\.jsonl +trained on in the 6 steps 1, .*"));
    }

    @Test
    void whyFollowsAPromptIntoItsPairAndIntoTheStepsOfEveryMethod() throws IOException {
        String pair = rows("06-dpo/steps.jsonl").getFirst().at("/rows/0").asString();
        assertThat(why(pair))
                .anyMatch(line -> line.matches("02-clean +prompts\\.jsonl:\\d+ +kept, from the source arithmetic"))
                .anyMatch(line -> line.matches("05-pairs +pairs\\.jsonl:\\d+ +made a pair \\(chosen: .*"))
                .anyMatch(line -> line.matches("06-dpo +steps\\.jsonl +trained on in .*step.*"));
        String prompt = rows("08-grpo/steps.jsonl").getFirst().at("/rows/0").asString();
        assertThat(why(prompt)).anyMatch(line -> line.matches("08-grpo +steps\\.jsonl +trained on in .*step.*"));
    }

    @Test
    void whyTellsWhyAPromptMadeNoPair() throws IOException {
        JsonNode left = rows("05-pairs/rejected.jsonl").getFirst();
        assertThat(why(left.path("id").asString()))
                .anyMatch(line -> line.matches("05-pairs +rejected\\.jsonl:1 +left out by pairs: "
                        + left.path("reason").asString()));
        JsonNode manifest = Json.tree(Files.readString(run.resolve("05-pairs/manifest.json")));
        assertThat(rows("05-pairs/rejected.jsonl"))
                .hasSize(manifest.at("/counts/rejected")
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .sum());
    }

    @Test
    void whyTellsWhichFilterRejectedARow() throws IOException {
        JsonNode rejected = rows("01-pool/rejected.jsonl").getFirst();
        assertThat(why(rejected.path("id").asString()))
                .anyMatch(line -> line.matches("01-pool +rejected\\.jsonl:1 +left out by "
                        + rejected.path("filter").asString() + ": .*"));
    }

    @Test
    void whyTellsWhichRowADuplicateRepeats() throws IOException {
        JsonNode repeated = rows("01-pool/rejected.jsonl").stream()
                .filter(row -> row.path("filter").asString().equals("duplicate"))
                .findFirst()
                .orElseThrow();
        String id = repeated.path("id").asString();
        String kept = repeated.path("reason").asString().replaceAll(".* row ", "");
        assertThat(why(id)).anyMatch(line -> line.endsWith("left out by duplicate: says the same as row " + kept));
        assertThat(why(kept)).anyMatch(line -> line.matches("01-pool .* in place of (.*, )?" + id + "(, .*)?"));
    }

    @Test
    void whyTellsWhichTestItemARemovedRowRepeats() throws IOException {
        JsonNode removed = rows("02-clean/removed.jsonl").getFirst();
        assertThat(why(removed.path("id").asString()))
                .anyMatch(line -> line.matches("02-clean +removed\\.jsonl:1 +left out by decontaminate: repeats \\S+ of"
                        + " arithmetic \\(\\d+ % of its words\\)"));
    }

    private static List<String> why(String row) {
        EndToEndCall why = caravan("why", row, "--run", run);
        assertThat(why.status()).as(why.err()).isZero();
        return why.out().lines().toList();
    }

    static List<Path> recipes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("recipes"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyRecipeBindsButForWhatIsNotFetched(Path recipe) {
        EndToEndCall check = caravan("check", recipe, "--json");
        List<String> problems = check.summary().path("problems").findValuesAsString("message");
        assertThat(problems)
                .allMatch(message -> message.contains("is not in the local cache")
                        || message.contains("is neither a file nor a folder"));
        assertThat(check.status()).isEqualTo(problems.isEmpty() ? 0 : 2);
    }
}

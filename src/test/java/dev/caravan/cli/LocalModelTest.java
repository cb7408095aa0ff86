package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.TinyModel;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A model of this machine where an endpoint might be, as writer and as judge. Its weights are random, so what it says
/// is of no use, which has to be found out.
class LocalModelTest {
    @TempDir
    private static Path models;

    @TempDir
    private Path folder;

    private static Path model;
    private static Path shortSighted;

    @BeforeAll
    static void writeModels() {
        model = TinyModel.write(models.resolve("tiny"), 4096);
        shortSighted = TinyModel.write(models.resolve("short"));
    }

    private EndToEndCall synthesise(Path writer, String out, Object... more) {
        var words = new java.util.ArrayList<Object>(
                List.of("synthesise", "python", "--model", writer, "--rows", 3, "--precision", "float32"));
        words.addAll(List.of("--max-tokens", 24, "--out", folder.resolve(out)));
        words.addAll(List.of(more));
        return caravan(words.toArray());
    }

    @Test
    void everyTextThatAModelWritesIsCountedAndTheSameSeedWritesTheSame() throws IOException {
        EndToEndCall call = synthesise(model, "one", "--seed", 5);
        assertThat(call.status()).as(call.err()).isZero();
        JsonNode report = Json.tree(call.out());
        assertThat(report.path("in").asInt()).isEqualTo(3);
        assertThat(report.at("/model/name").asString()).isEqualTo(model.toString());
        assertThat(report.at("/model/prompt_tokens").asInt()).isGreaterThan(3 * 100);
        assertThat(report.at("/model/completion_tokens").asInt()).isBetween(3, 3 * 24);
        List<JsonNode> rejected = rows("one/rejected.jsonl");
        assertThat(rejected)
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.path("filter").asString()).isIn("cut-off", "no-tag"))
                .allSatisfy(row -> assertThat(row.at("/row/prompt").asString()).isNotEmpty());
        synthesise(model, "again", "--seed", 5);
        assertThat(rows("again/rejected.jsonl")).isEqualTo(rejected);
        synthesise(model, "other", "--seed", 6);
        assertThat(rows("other/rejected.jsonl")).isNotEqualTo(rejected);
    }

    @Test
    void sameCommandAgainWritesNothingAnewAndEndsWithTheSame() throws IOException {
        synthesise(model, "kept", "--seed", 5);
        List<JsonNode> rejected = rows("kept/rejected.jsonl");
        Path answers = keptAnswers(folder.resolve("kept"));
        String before = Files.readString(answers);
        EndToEndCall again = synthesise(model, "kept", "--seed", 5);
        assertThat(Json.tree(again.out()).at("/model/completion_tokens").asInt())
                .isPositive();
        assertThat(answers).hasContent(before);
        assertThat(rows("kept/rejected.jsonl")).isEqualTo(rejected);
        synthesise(model, "kept", "--seed", 6);
        assertThat(Files.readAllLines(answers))
                .hasSizeGreaterThan(before.lines().toList().size());
    }

    private static Path keptAnswers(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> file.getFileName().toString().matches("answers-[0-9a-f]{12}\\.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void textsDoNotDependOnHowManyAreWrittenAtATime() throws IOException {
        synthesise(model, "one", "--batch", 1);
        synthesise(model, "three", "--batch", 3);
        assertThat(rows("three/rejected.jsonl")).isEqualTo(rows("one/rejected.jsonl"));
    }

    @Test
    void promptThatTheModelCannotTakeRejectsItsRowAlone() throws IOException {
        EndToEndCall call = synthesise(shortSighted, "short");
        assertThat(call.status()).as(call.err()).isZero();
        assertThat(rows("short/rejected.jsonl"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.path("reason").asString())
                        .matches("the prompt has \\d+ tokens; .* takes from 1 to " + (TinyModel.CONTEXT - 1)));
    }

    @Test
    void judgeWhoseReplyCannotBeReadIsNoVerdict() throws IOException {
        List<JsonNode> verdicts = judged(model);
        assertThat(verdicts).extracting(row -> row.path("verdict").asString()).containsOnly("unverifiable");
        assertThat(verdicts)
                .allSatisfy(row -> assertThat(row.path("reason").asString()).contains("0 of 1 ratings were given"));
        assertThat(judged(shortSighted))
                .allSatisfy(row -> assertThat(row.path("reason").asString()).contains("tokens; ", "takes from 1 to"));
    }

    private List<JsonNode> judged(Path judge) throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"id": 1, "prediction": "a text", "expected": {"prompt": "Write."}}
                {"id": 2, "prediction": "another text", "expected": {"prompt": "Write.", "rubric": "helpfulness"}}
                """);
        EndToEndCall call =
                caravan("verify", "judge", "--judge", judge, "--judge-tokens", 16, "--precision", "float32", rows);
        assertThat(call.status()).as(call.err()).isZero();
        return call.out().lines().map(Json::tree).toList();
    }

    private List<JsonNode> rows(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream().map(Json::tree).toList();
    }
}

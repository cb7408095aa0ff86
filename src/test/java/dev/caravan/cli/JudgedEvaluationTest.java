package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.generate.EndpointServer;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An evaluate stage whose tasks a judge decides.
class JudgedEvaluationTest {
    private static final String TASK = """
            name: %s
            version: 1
            metric: rate
            items: 6
            source: {type: files, hub: none/none, split: test, holds: rows, folder: none, files: ['*.jsonl']}
            format: {question: '{{ ask }}', id: '{{ ask }}'}
            scoring: {%s, max_tokens: 4}
            decontaminate: ['{{ ask }}']
            """;
    private static final String RECIPE = """
            name: judged
            seed: 17
            precision: float32
            threads: 1
            stages:
              - {type: curate, out: pool, sources: [{type: arithmetic, problems: 12, max_steps: 1}]}
              - {type: create, out: base, data: pool, vocabulary: 320, layers: 1, hidden: 16, intermediate: 32, heads: 1, key_value_heads: 1, context: 512}
              - type: evaluate
                out: eval
                models: [base]
                tasks: ['%1$s/preferred.yaml', '%1$s/refused.yaml']
                task_data: '%1$s/items.jsonl'
            """;

    @TempDir
    private Path folder;

    private Path recipe() throws IOException {
        Files.writeString(
                folder.resolve("preferred.yaml"),
                TASK.formatted("preferred", "type: preference, instruction: '{{ ask }}', baseline: 'a baseline'"));
        Files.writeString(
                folder.resolve("refused.yaml"),
                TASK.formatted("refused", "type: generation, verifier: refusal, expected: refuse"));
        Files.write(
                folder.resolve("items.jsonl"),
                List.of("one", "two", "three", "four", "five", "six").stream()
                        .map(ask -> Json.write(Map.of("ask", ask)))
                        .toList());
        return Files.writeString(folder.resolve("judged.yaml"), RECIPE.formatted(folder));
    }

    /// Always for the first text, and for a refusal.
    private static String decision(EndpointServer.Call call) {
        return call.asked().contains("one word, refusal or compliance") ? "Refusal" : "1";
    }

    @Test
    void endpointDecidesAndIsAskedOnceOnly() throws IOException {
        Path run = folder.resolve("run");
        try (var server = new EndpointServer(JudgedEvaluationTest::decision)) {
            server.tellOdds(_ -> Map.of("1", 0.75, "2", 0.25));
            Path recipe = Files.writeString(
                    recipe(),
                    "    judge: {endpoint: {url: \"%s\", attempts: 1}}\n".formatted(server.url()),
                    java.nio.file.StandardOpenOption.APPEND);
            EndToEndCall call = caravan("run", recipe, "--out", run);
            assertThat(call.status()).as(call.err()).isZero();
            JsonNode scores = Json.tree(Files.readString(run.resolve("03-eval/scores.json")));
            assertThat(scores.path(0)
                            .path("decided_by")
                            .path("log_probabilities")
                            .asInt())
                    .isEqualTo(6);
            List<JsonNode> items = Files.readAllLines(run.resolve("03-eval/base.preferred.jsonl")).stream()
                    .map(Json::tree)
                    .toList();
            assertThat(items).extracting(row -> row.path("score").asDouble()).isSubsetOf(0.75, 0.25);
            assertThat(scores.path(1).path("score").asDouble()).isEqualTo(1);
            assertThat(Json.tree(Files.readString(run.resolve("03-eval/manifest.json")))
                            .toString())
                    .contains("judge: completion_tokens");

            int calls = server.calls().size();
            assertThat(caravan("run", recipe, "--out", run, "--set", "stages.eval.judge.endpoint.concurrency=2")
                            .status())
                    .isZero();
            assertThat(server.calls()).hasSize(calls + 1); // the list of models
        }
    }

    @Test
    void modelOfThisMachineDecides() throws IOException {
        Path recipe =
                Files.writeString(recipe(), "    judge: {model: base}\n", java.nio.file.StandardOpenOption.APPEND);
        Path run = folder.resolve("run");
        EndToEndCall call = caravan("run", recipe, "--out", run);
        assertThat(call.status()).as(call.err()).isZero();
        JsonNode scores = Json.tree(Files.readString(run.resolve("03-eval/scores.json")));
        assertThat(scores.path(0).path("unverifiable").asInt()).isEqualTo(6); // it knows no word
        Path classified = folder.resolve("classified");
        EndToEndCall labelled = caravan("run", recipe, "--out", classified, "--set", "stages.eval.judge.classifier={}");
        assertThat(labelled.status()).as(labelled.err()).isZero();
        String items = Files.readString(classified.resolve("03-eval/base.refused.jsonl"));
        assertThat(items).contains("the classifier says neither 'Response refusal: yes'");
    }

    @Test
    void refusalsAreClassifiedByLabelledLines() throws IOException {
        Path run = folder.resolve("run");
        try (var server = new EndpointServer(
                call -> call.asked().contains("Response refusal: yes or no") ? "Response refusal: no" : "1")) {
            Path recipe = Files.writeString(
                    recipe(),
                    "    judge: {endpoint: {url: \"%s\", attempts: 1}, classifier: {}}\n".formatted(server.url()),
                    java.nio.file.StandardOpenOption.APPEND);
            EndToEndCall call = caravan("run", recipe, "--out", run);
            assertThat(call.status()).as(call.err()).isZero();
        }
        JsonNode scores = Json.tree(Files.readString(run.resolve("03-eval/scores.json")));
        assertThat(scores.path(1).path("score").asDouble()).isZero();
        assertThat(scores.path(1).path("unverifiable").asInt()).isZero();
    }

    @Test
    void checkFindsThatNobodyDecides() throws IOException {
        EndToEndCall call = caravan("check", recipe());
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.out() + call.err()).contains("judge is missing, and nobody else can decide");
    }
}

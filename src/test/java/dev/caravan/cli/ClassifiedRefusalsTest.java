package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.generate.EndpointServer;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Refusals that a classifier decides by labelled lines, behind a server.
class ClassifiedRefusalsTest {
    @TempDir
    private Path folder;

    private EndpointServer writer;
    private EndpointServer classifier;

    /// What is asked is also the answer.
    @BeforeEach
    void start() throws IOException {
        writer = new EndpointServer(EndpointServer.Call::asked);
        classifier = new EndpointServer(call -> {
            if (call.asked().contains("riddle")) return "Response refusal: I am not sure";
            boolean harm = call.asked().contains("recipe for harm");
            boolean refusal = call.asked().contains("rather not");
            return "Harmful request: no\nResponse refusal: %s\nHarmful response: %s"
                    .formatted(refusal ? "yes" : "no", harm ? "yes" : "no");
        });
    }

    @AfterEach
    void stop() {
        writer.close();
        classifier.close();
    }

    private List<JsonNode> judged(Map<String, String> expected, String... more) throws IOException {
        Path task = Files.writeString(folder.resolve("task.yaml"), """
                name: task
                version: 1
                metric: rate
                items: 8
                source: {type: files, hub: none/none, split: test, holds: rows, folder: none, files: ['*.jsonl']}
                format: {question: '{{ ask }}', id: '{{ ask }}'}
                scoring: {type: generation, verifier: refusal, expected: '{{ right }}', max_tokens: 8}
                decontaminate: ['{{ ask }}']
                """);
        Path items = Files.write(
                folder.resolve("items.jsonl"),
                expected.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(row -> Json.write(Map.of("ask", row.getKey(), "right", row.getValue())))
                        .toList());
        Path out = folder.resolve("out");
        var call = new ArrayList<Object>(List.of("evaluate", "--endpoint", writer.url(), "--tasks", task));
        call.addAll(List.of("--task-data", items, "--out", out, "--judge", classifier.url()));
        call.addAll(List.of(more));
        EndToEndCall ended = caravan(call.toArray());
        assertThat(ended.status()).as(ended.err()).isZero();
        return Files.readAllLines(out.resolve("task.jsonl")).stream()
                .map(Json::tree)
                .toList();
    }

    @Test
    void labelOfRefusalDecides() throws IOException {
        List<JsonNode> rows = judged(
                Map.of("1 rather not", "refuse", "2 rather not", "comply", "3 sure", "refuse", "4 sure", "comply"),
                "--refusal-label",
                "Response refusal");
        assertThat(rows).extracting(row -> row.path("score").asDouble()).containsExactly(1.0, 0.0, 0.0, 1.0);
        assertThat(rows)
                .extracting(row -> row.path("extracted").asString())
                .containsExactly("refuse", "refuse", "comply", "comply");
    }

    @Test
    void labelOfHarmDecidesWhereARefusalIsRight() throws IOException {
        List<JsonNode> rows = judged(
                Map.of("1 harmless", "refuse", "2 recipe for harm", "refuse", "3 rather not", "comply"),
                "--harm-label",
                "Harmful response");
        assertThat(rows).extracting(row -> row.path("score").asDouble()).containsExactly(1.0, 0.0, 0.0);
        assertThat(rows)
                .extracting(row -> row.path("because").asString())
                .contains("the classifier says 'Harmful response: yes'");
    }

    @Test
    void replyWithoutTheLabelsWordsIsAskedForAnewAndThenUnverifiable() throws IOException {
        List<JsonNode> rows =
                judged(Map.of("1 riddle", "refuse", "2 rather not", "refuse"), "--refusal-label", "Response refusal");
        assertThat(rows.getFirst().path("score").isNumber()).isFalse();
        assertThat(rows.getFirst().toString())
                .contains("neither 'Response refusal: yes' nor 'Response refusal: no' in 3 replies");
        assertThat(classifier.calls()).hasSize(1 + 2 + 2);
    }

    @Test
    void ownPromptAndOwnWordsTakeThePlaceOfOurs() throws IOException {
        Path prompts = Files.createDirectory(folder.resolve("prompts"));
        Files.writeString(prompts.resolve("classifier.txt"), "Human: {prompt} Robot: {response} Verdict?");
        classifier.close();
        try (var own = new EndpointServer(call -> call.asked().startsWith("Human: ") ? "Declined: JA" : "")) {
            classifier = own;
            List<JsonNode> rows = judged(
                    Map.of("1 sure", "refuse"),
                    "--refusal-label",
                    "declined",
                    "--label-words",
                    "ja,nein",
                    "--judge-prompts",
                    prompts.toString());
            assertThat(rows.getFirst().path("score").asDouble()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--refusal-label, Response refusal, name a model",
        "--judge-prompts, prompts, name a model",
        "--embedder, minilm, name a model",
        "'--label-words', 'ja,nein', name its label"
    })
    void whatAJudgeIsToldIsRefusedWithoutOne(String option, String value, String remedy) {
        EndToEndCall call = caravan("evaluate", "--endpoint", writer.url(), "--tasks", "arithmetic", option, value);
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.err()).contains(option, remedy);
    }
}

package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import tools.jackson.databind.JsonNode;

/// Tasks whose answers a judge decides, by ratings or by nearness to a reference, behind a server.
class RatedTaskTest {
    @TempDir
    private Path folder;

    private EndpointServer writer;
    private EndpointServer judge;

    /// The judge likes long requests.
    @BeforeEach
    void start() throws IOException {
        writer = new EndpointServer(call -> "my answer to " + call.asked());
        judge = new EndpointServer(call -> {
            if (call.asked().contains("which text")) return "1";
            String noun = call.asked().contains("Criterion 1:") ? "Criterion" : "Text";
            return "%s 1\nRating: %d\nRationale: so it seems"
                    .formatted(noun, call.asked().contains("at length") ? 2 : 1);
        });
    }

    @AfterEach
    void stop() {
        writer.close();
        judge.close();
    }

    private EndToEndCall evaluate(String scoring, List<Map<String, String>> rows, String... more) throws IOException {
        Path task = Files.writeString(folder.resolve("task.yaml"), """
                name: task
                version: 1
                metric: rating
                items: 2
                source: {type: files, hub: none/none, split: test, holds: rows, folder: none, files: ['*.jsonl']}
                format: {question: '{{ ask }}', id: '{{ ask }}'}
                scoring: {%s, max_tokens: 8}
                decontaminate: ['{{ ask }}']
                """.formatted(scoring));
        Path items = Files.write(
                folder.resolve("items.jsonl"), rows.stream().map(Json::write).toList());
        var call = new ArrayList<Object>(List.of("evaluate", "--endpoint", writer.url(), "--tasks", task));
        call.addAll(List.of("--task-data", items, "--out", folder.resolve("out")));
        call.addAll(List.of(more));
        return caravan(call.toArray());
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(folder.resolve("out/task.jsonl")).stream()
                .map(Json::tree)
                .toList();
    }

    private static final List<Map<String, String>> ASKS =
            List.of(Map.of("ask", "Answer at length"), Map.of("ask", "Answer"));

    @Test
    void ratingOfAnAspectIsTheScore() throws IOException {
        EndToEndCall call =
                evaluate("type: generation, verifier: judge, expected: helpfulness", ASKS, "--judge", judge.url());
        assertThat(call.status()).as(call.err()).isZero();
        assertThat(lines()).extracting(row -> row.path("score").asDouble()).containsExactly(0.25, 0.0);
        assertThat(judge.calls().getLast().asked())
                .contains("my answer to Answer")
                .contains("helpful");
    }

    @Test
    void weightedCriteriaOfARubricAreTheScore() throws IOException {
        EndToEndCall call = evaluate(
                "type: generation, verifier: rubric, expected: '{\"rubric\": [\"It is fun.\"]}'",
                ASKS,
                "--judge",
                judge.url());
        assertThat(call.status()).as(call.err()).isZero();
        assertThat(lines()).extracting(row -> row.path("score").asDouble()).containsExactly(1.0, 0.5);
        assertThat(Json.tree(call.out()).path("score").asDouble()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void ratedTaskNeedsAJudge() throws IOException {
        EndToEndCall call = evaluate("type: generation, verifier: rubric, expected: quality", ASKS);
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.mistake()).contains("task: a judge decides it");
    }

    @Test
    void nearnessToTheReferenceDecidesWhereTheTaskLeavesItToTheEmbedder() throws IOException {
        String scoring = "type: preference, instruction: '{{ ask }}', baseline: '{{ other }}',"
                + " reference: 'my answer to all', similarity: '{{ near }}'";
        List<Map<String, String>> rows = List.of(
                Map.of("ask", "all", "other", "quite unlike", "near", "yes"),
                Map.of("ask", "zzz", "other", "my answer to all", "near", "yes"),
                Map.of("ask", "which text", "other", "my answer to all", "near", ""));
        EndToEndCall call = evaluate(scoring, rows, "--judge", judge.url(), "--embedder", "letter-pairs");
        assertThat(call.status()).as(call.err()).isZero();
        assertThat(lines())
                .extracting(row -> row.path("decided_by").asString())
                .containsExactly("similarity", "similarity", "text");
        assertThat(lines()).extracting(row -> row.path("score").asDouble()).startsWith(1.0, 0.0);
        assertThat(judge.calls()).hasSize(1 + 1);
    }

    @Test
    void judgeDecidesAllWithoutAnEmbedder() throws IOException {
        String scoring = "type: preference, instruction: 'which text', baseline: b, reference: r, similarity: 'yes'";
        EndToEndCall call = evaluate(scoring, ASKS, "--judge", judge.url());
        assertThat(call.status()).as(call.err()).isZero();
        assertThat(lines()).extracting(row -> row.path("decided_by").asString()).containsOnly("text");
    }

    @Test
    void embedderThatIsNotThereIsRefusedBeforeAnythingIsAsked() throws IOException {
        EndToEndCall call = evaluate(
                "type: generation, verifier: judge, expected: ''", ASKS, "--judge", judge.url(), "--embedder", "none");
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.mistake()).contains("there is no embedder 'none'");
        assertThat(judge.calls()).isEmpty();
    }
}

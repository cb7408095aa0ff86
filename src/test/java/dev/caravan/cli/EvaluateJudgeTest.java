package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.generate.EndpointServer;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `caravan evaluate --judge` against a server that writes answers and one that judges them by the word "good".
class EvaluateJudgeTest {
    private static final Pattern TEXTS =
            Pattern.compile("\\[Text (\\d) begins \\w+\\]\\n(.*?)\\n\\[Text \\d ends", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private EndpointServer writer;
    private EndpointServer judge;

    @BeforeEach
    void start() throws IOException {
        writer = new EndpointServer(call -> call.asked().contains("well") ? "a good answer" : "an answer");
        judge = new EndpointServer(EvaluateJudgeTest::decision);
    }

    @AfterEach
    void stop() {
        writer.close();
        judge.close();
    }

    private static String decision(EndpointServer.Call call) {
        if (call.asked().contains("one word, refusal or compliance")) {
            return text(call, 1).contains("good") ? "Compliance." : "refusal";
        }
        if (call.asked().contains("odd")) return "I cannot say";
        return text(call, 1).contains("good") ? "1" : "**2**";
    }

    private static String text(EndpointServer.Call call, int number) {
        Matcher texts = TEXTS.matcher(call.asked());
        while (texts.find()) {
            if (texts.group(1).equals("" + number)) return texts.group(2);
        }
        return "";
    }

    private Path task(String scoring) throws IOException {
        return Files.writeString(folder.resolve("task.yaml"), """
                name: task
                version: 1
                metric: rate
                items: 8
                source: {type: files, hub: none/none, split: test, holds: rows, folder: none, files: ['*.jsonl']}
                format: {question: '{{ ask }}', id: '{{ ask }}'}
                scoring: {%s, max_tokens: 8}
                decontaminate: ['{{ ask }}']
                """.formatted(scoring));
    }

    private EndToEndCall evaluate(String scoring, List<String> asks, Object... more) throws IOException {
        var rows = new StringBuilder();
        for (String ask : asks) {
            rows.append(Json.mapper()
                            .createObjectNode()
                            .put("ask", ask)
                            .put("other", ask.contains("well") ? "a bad answer" : "a good answer"))
                    .append('\n');
        }
        Path items = Files.writeString(folder.resolve("items.jsonl"), rows);
        Object[] fixed = {
            "evaluate",
            "--endpoint",
            writer.url(),
            "--tasks",
            task(scoring),
            "--task-data",
            items,
            "--out",
            folder.resolve("out")
        };
        Object[] all = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return caravan(all);
    }

    private static final String PREFERENCE = "type: preference, instruction: '{{ ask }}', baseline: '{{ other }}'";
    private static final String REFUSAL = "type: generation, verifier: refusal, expected: refuse";

    @Test
    void preferencesAreTheScoreWhicheverTextStandsFirst() throws IOException {
        List<String> asks = List.of("well 1", "well 2", "well 3", "ill 4", "ill 5", "ill 6", "ill 7", "ill 8");
        EndToEndCall call = evaluate(PREFERENCE, asks, "--judge", judge.url());
        assertThat(call.status()).as(call.err()).isZero();
        JsonNode line = Json.tree(call.out());
        assertThat(line.path("score").asDouble()).isEqualTo(3.0 / 8);
        assertThat(line.path("length_controlled").asDouble()).isBetween(0.0, 1.0);
        assertThat(line.path("decided_by").path("text").asInt()).isEqualTo(8);
        assertThat(judge.calls()).hasSize(1 + 8);
        EndToEndCall again = evaluate(PREFERENCE, asks, "--judge", judge.url());
        assertThat(again.out()).isEqualTo(call.out());
        assertThat(judge.calls()).hasSize(1 + 8 + 1);
    }

    @Test
    void preferencesWeighByTheShareOfTheNumberWhereTheJudgeTellsIt() throws IOException {
        judge.tellOdds(call -> text(call, 1).contains("good")
                ? Map.of("1", 0.5, " 1", 0.1, "2", 0.2, "A", 0.1)
                : Map.of("**", 0.9)); // the number stands behind it
        EndToEndCall call =
                evaluate(PREFERENCE, List.of("well 1", "well 2", "well 3", "well 4"), "--judge", judge.url());
        assertThat(call.status()).as(call.err()).isZero();
        for (JsonNode row : Files.readAllLines(folder.resolve("out/task.jsonl")).stream()
                .map(Json::tree)
                .toList()) {
            boolean weighed = row.path("extracted").asString().equals("1");
            assertThat(row.path("decided_by").asString()).isEqualTo(weighed ? "log_probabilities" : "text");
            assertThat(row.path("score").asDouble()).isCloseTo(weighed ? 0.6 / 0.8 : 1, within(1e-9));
        }
        JsonNode decided = Json.tree(call.out()).path("decided_by");
        assertThat(decided.path("log_probabilities").asInt()
                        + decided.path("text").asInt())
                .isEqualTo(4);
    }

    @Test
    void judgeThatNamesNeitherIsAskedThriceAndThenNoVerdict() throws IOException {
        EndToEndCall call = evaluate(PREFERENCE, List.of("well 1", "odd 2"), "--judge", judge.url());
        JsonNode line = Json.tree(call.out());
        assertThat(line.path("n").asInt()).isEqualTo(1);
        assertThat(line.path("unverifiable").asInt()).isEqualTo(1);
        assertThat(line.has("length_controlled")).isFalse();
        assertThat(judge.calls()).hasSize(1 + 1 + 3);
    }

    @Test
    void refusalsAreJudgedInPlaceOfWords() throws IOException {
        List<String> asks = List.of("well 1", "ill 2");
        assertThat(Json.tree(evaluate(REFUSAL, asks).out()).path("score").asDouble())
                .isZero();
        JsonNode line =
                Json.tree(evaluate(REFUSAL, asks, "--judge", judge.url()).out());
        assertThat(line.path("score").asDouble()).isEqualTo(0.5);
    }

    @Test
    void preferencesNeedAJudge() throws IOException {
        EndToEndCall call = evaluate(PREFERENCE, List.of("well 1"));
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.mistake())
                .isEqualTo("task: a judge decides it; name a model or the address of a server with --judge");
        assertThat(writer.calls()).isEmpty();
    }
}

package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.generate.EndpointServer;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Reinforcement learning whose rewards are a judge's ratings.
class JudgedRlvrTest {
    private static final String RECIPE = """
            name: judged
            seed: 17
            precision: float32
            threads: 1
            stages:
              - {type: curate, out: pool, sources: [{type: file, name: own, path: '%s/prompts.jsonl'}]}
              - {type: curate, out: words, sources: [{type: arithmetic, problems: 12, max_steps: 1}]}
              - {type: create, out: base, data: words, vocabulary: 320, layers: 1, hidden: 16, intermediate: 32, heads: 1, key_value_heads: 1, context: 256}
              - type: rlvr
                out: grpo
                model: base
                data: pool
                steps: 1
                prompts: 3
                max_tokens: 8
                advantage: {type: group-relative, group_size: 2}
                kl: {type: in-loss, beta: 0.05}
                epochs: 1
            """;

    @TempDir
    private Path folder;

    private Path recipe(String judge) throws IOException {
        Files.write(
                folder.resolve("prompts.jsonl"),
                List.of(
                        prompt("Say one thing.", "judge", "helpfulness"),
                        prompt("Say two things.", "rubric", "{\"rubric\": [\"It is short.\"]}"),
                        prompt("Say a riddle.", "judge", "helpfulness")));
        Path recipe = Files.writeString(folder.resolve("judged.yaml"), RECIPE.formatted(folder));
        return Files.writeString(recipe, judge, StandardOpenOption.APPEND);
    }

    private static String prompt(String text, String verifier, String expected) {
        return Json.write(Map.of(
                "messages",
                List.of(Map.of("role", "user", "content", text), Map.of("role", "assistant", "content", "Yes.")),
                "ground_truth",
                expected,
                "dataset",
                verifier));
    }

    private static String rating(EndpointServer.Call call) {
        if (call.asked().contains("riddle")) return "I would rather not say";
        return call.asked().contains("Criterion 1:") ? "Criterion 1\nRating: 2" : "Text 1\nRating: 4";
    }

    @Test
    void ratingsAreThePaidShareAndRepliesThatCannotBeReadAreNone() throws IOException {
        Path run = folder.resolve("run");
        try (var server = new EndpointServer(JudgedRlvrTest::rating)) {
            Path recipe = recipe("    judge: {endpoint: {url: \"%s\", attempts: 1}}\n".formatted(server.url()));
            EndToEndCall call = caravan("run", recipe, "--out", run);
            assertThat(call.status()).as(call.err()).isZero();
        }
        List<JsonNode> rollouts = Files.readAllLines(run.resolve("04-grpo/rollouts.jsonl")).stream()
                .map(Json::tree)
                .toList();
        assertThat(rollouts).hasSize(4); // two answers to each prompt but the riddle
        assertThat(rollouts).extracting(row -> row.path("reward").asDouble()).containsOnly(7.5, 10.0);
        assertThat(rollouts)
                .extracting(row -> row.path("because").asString())
                .contains("rated {helpfulness=4}", "rated {It is short.=2}");
        assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("\"unverifiable\":2.0");
        assertThat(Files.readString(run.resolve("04-grpo/manifest.json"))).contains("judge: completion_tokens");
    }

    @Test
    void promptsThatAJudgeDecidesNeedOne() throws IOException {
        EndToEndCall call = caravan("run", recipe(""), "--out", folder.resolve("run"));
        assertThat(call.status()).isEqualTo(3);
        assertThat(call.err()).contains("3 of 3 prompts of pool are decided by a judge");
    }

    @Test
    void auditLeavesThemToTheJudge() throws IOException {
        recipe("");
        EndToEndCall call = caravan("audit", folder.resolve("prompts.jsonl"));
        assertThat(call.status()).as(call.err()).isZero();
    }
}

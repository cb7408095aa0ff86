package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.generate.EndpointServer;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class JudgeCommandTest {
    private static final Pattern TEXTS = Pattern.compile("\\[Text (\\d+) begins \\w+]\\n(.*)\\n");

    @TempDir
    private Path folder;

    /// Rates a text 5 when it says "good", 2 otherwise, and honesty not at all; knows no other form.
    private static String judge(EndpointServer.Call call) {
        String asked = call.asked();
        if (asked.contains("gibberish")) return "I like it.";
        if (asked.contains("Criterion 1:")) return "Criterion 1\nRating: 2\n\nCriterion 2\nRating: 1\nRationale: hm";
        var reply = new StringBuilder();
        TEXTS.matcher(asked)
                .results()
                .forEach(text -> reply.append("Text ")
                        .append(text.group(1))
                        .append("\nRating: ")
                        .append(
                                asked.contains("Criterion: honesty")
                                        ? "N/A"
                                        : text.group(2).contains("good") ? 5 : 2)
                        .append("\nRationale: so.\n\n"));
        return reply.toString();
    }

    @Test
    void judgeRatesByAspectAndNonsenseIsNoVerdict() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"id": 1, "prediction": "a good text", "expected": {"prompt": "Write."}}
                {"id": 2, "prediction": "a text", "expected": {"prompt": "Write.", "rubric": "helpfulness"}}
                {"id": 3, "prediction": "a text", "expected": "honesty"}
                {"id": 4, "prediction": "gibberish", "expected": {"prompt": "Write."}}
                {"id": 5, "prediction": "a text", "expected": {"prompt": "Write.", "rubric": "beauty"}}
                """);
        try (var server = new EndpointServer(JudgeCommandTest::judge)) {
            EndToEndCall call =
                    caravan("verify", "judge", "--judge", server.url(), "--answers", folder.resolve("answers"), rows);
            List<JsonNode> answers = lines(call);
            assertThat(call.status()).as(call.err()).isEqualTo(0);
            assertThat(answers.get(0).path("score").asDouble()).isEqualTo(1);
            assertThat(answers.get(0).path("ratings"))
                    .isEqualTo(Json.tree("{\"helpfulness\":5,\"instruction-following\":5,\"truthfulness\":5}"));
            assertThat(answers.get(1).path("score").asDouble()).isEqualTo(0.25);
            assertThat(answers.get(2).path("verdict").asString()).isEqualTo("unverifiable");
            assertThat(answers.get(3).path("reason").asString()).contains("cannot be read: 0 of 1 ratings were given");
            assertThat(answers.get(4).path("reason").asString())
                    .contains("no aspect 'beauty'; known are [helpfulness,");
        }
    }

    @Test
    void rubricWeighsItsCriteria() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"prediction": "x", "expected": {"prompt": "P", "rubric": [{"criterion": "a", "weight": 3}, "b"]}}
                """);
        try (var server = new EndpointServer(JudgeCommandTest::judge)) {
            JsonNode answer = lines(caravan(
                            "verify", "rubric", "--judge", server.url(), "--answers", folder.resolve("answers"), rows))
                    .getFirst();
            // (3 · 2 + 1 · 1) / 2 of weight 4
            assertThat(answer.path("score").asDouble()).isEqualTo(0.875);
            assertThat(answer.path("ratings")).isEqualTo(Json.tree("{\"a\":2,\"b\":1}"));
        }
    }

    @Test
    void ratedAnswersBecomePairs() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"id": "p", "prompt": "Write.", "completions": ["a text", "a good text", "another"]}
                {"id": "q", "prompt": "Write.", "completions": ["good one", "good two"]}
                """);
        try (var server = new EndpointServer(JudgeCommandTest::judge)) {
            EndToEndCall rated =
                    caravan("judge", "--judge", server.url(), "--answers", folder.resolve("answers"), rows);
            assertThat(rated.status()).as(rated.err()).isEqualTo(0);
            assertThat(lines(rated).getFirst().path("means")).isEqualTo(Json.tree("[2.0,5.0,2.0]"));
            Path judged = Files.writeString(folder.resolve("judged.jsonl"), rated.out());
            List<JsonNode> pairs = lines(caravan("pairs", judged));
            assertThat(pairs.get(0).path("chosen").asString()).isEqualTo("a good text");
            assertThat(pairs.get(0).path("because").asString()).isEqualTo("mean ratings 5.00 and 2.00, margin 3.00");
            assertThat(pairs.get(1).path("none").asString()).isEqualTo("all rated alike");
        }
    }

    @Test
    void judgeThatIsGoneEndsTheCommandAndIsNoFaultOfARow() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), "{\"prediction\": \"x\", \"expected\": \"y\"}\n");
        try (var server = new EndpointServer(JudgeCommandTest::judge)) {
            String url = server.url();
            server.close();
            EndToEndCall call = caravan(
                    "verify",
                    "judge",
                    "--judge",
                    url,
                    "--endpoint-model",
                    "m",
                    "--attempts",
                    1,
                    "--answers",
                    folder.resolve("answers"),
                    rows);
            assertThat(call.status()).isEqualTo(3);
            assertThat(call.out()).isEmpty();
            assertThat(call.mistake()).contains("run the same command again");
        }
    }

    @Test
    void missingJudgeIsAskedFor() {
        assertThat(caravan("verify", "judge").mistake()).contains("--judge");
    }

    private static List<JsonNode> lines(EndToEndCall call) {
        return call.out().lines().map(Json::tree).toList();
    }
}

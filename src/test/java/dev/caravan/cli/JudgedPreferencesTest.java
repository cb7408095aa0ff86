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

class JudgedPreferencesTest {
    private static final Pattern TEXT = Pattern.compile("\\[Text (\\d+) begins (\\w+)]");
    private static final String RECIPE = """
            name: judged
            seed: 17
            precision: float32
            threads: 1
            stages:
              - {type: curate, out: pool, sources: [{type: arithmetic, problems: 12, max_steps: 1}]}
              - {type: create, out: base, data: pool, vocabulary: 320, layers: 1, hidden: 16, intermediate: 32, heads: 1, key_value_heads: 1, context: 256}
              - type: preferences
                out: pairs
                model: base
                data: pool
                prompts: 4
                samples: 3
                max_tokens: 8
                judge: {endpoint: {url: "%s", attempts: 1}}
              - type: synthesise
                out: problems
                kind: python
                rows: 3
                endpoint: {url: "%s", attempts: 1}
            """;

    @TempDir
    private Path folder;

    /// Rates the first text 5 and the others 3; writes questions and functions too.
    private static String judge(EndpointServer.Call call) {
        if (call.asked().contains("asks a programming question")) {
            return "Question: Write a python function to add, number "
                    + call.body().path("seed");
        }
        if (call.asked().contains("Answer with the function alone")) return "def add(a, b):\n    return a + b";
        var reply = new StringBuilder();
        TEXT.matcher(call.asked())
                .results()
                .forEach(text -> reply.append("Text %s\nRating: %d\n\n"
                        .formatted(text.group(1), text.group(1).equals("1") ? 5 : 3)));
        return reply.toString();
    }

    @Test
    void endpointJudgesAndWritesInARecipeAndIsAskedOnceOnly() throws IOException {
        try (var server = new EndpointServer(JudgedPreferencesTest::judge)) {
            Path recipe =
                    Files.writeString(folder.resolve("judged.yaml"), RECIPE.formatted(server.url(), server.url()));
            Path run = folder.resolve("run");
            EndToEndCall call = caravan("run", recipe, "--out", run);
            assertThat(call.status()).as(call.err()).isEqualTo(0);
            List<JsonNode> pairs = rows(run.resolve("03-pairs/pairs.jsonl"));
            List<JsonNode> ratings = rows(run.resolve("03-pairs/ratings.jsonl"));
            assertThat(pairs).hasSize(4);
            assertThat(pairs.getFirst().path("chosen"))
                    .isEqualTo(ratings.getFirst().path("texts").path(0));
            assertThat(pairs.getFirst().path("because").asString())
                    .isEqualTo("mean ratings 5.00 and 3.00, margin 2.00");
            assertThat(rows(run.resolve("04-problems/data.jsonl"))).hasSize(3);

            int calls = server.calls().size();
            assertThat(caravan("run", recipe, "--out", run, "--set", "stages.problems.agreement=0.9")
                            .status())
                    .isEqualTo(0);
            assertThat(server.calls()).hasSize(calls + 1); // the list of models
        }
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Json::tree).toList();
    }
}

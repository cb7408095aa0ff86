package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.generate.EndpointServer;
import dev.caravan.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Pairs of a policy that knows nothing, a careful and a hasty model behind an endpoint, and a book of answers.
class OffPolicyPairsTest {
    private static final Pattern SUM = Pattern.compile("What is (\\d+) \\+ (\\d+)\\?");
    private static final String POOL = """
                pool:
                  - {name: careful, endpoint: {url: '%1$s', model: careful}}
                  - {name: hasty, endpoint: {url: '%1$s', model: hasty}}
            """;
    private static final String RECIPE = """
            name: mixed
            seed: 17
            precision: float32
            threads: 1
            stages:
              - {type: curate, out: words, sources: [{type: chat, chats: 20}]}
              - {type: curate, out: pool, data: '%2$s/sums.jsonl'}
              - {type: create, out: base, data: words, vocabulary: 300, layers: 1, hidden: 16, intermediate: 32, heads: 1, key_value_heads: 1, context: 128}
              - type: preferences
                out: mixed
                model: base
                data: pool
                samples: 1
                drawn: 3
                max_tokens: 4
                batch: 2
              POOL
                  - {name: book, answers: '%2$s/book.jsonl'}
              - type: preferences
                out: others
                data: pool
                samples: 0
                drawn: 2
              POOL
              - type: preferences
                out: one
                model: base
                data: pool
                samples: 1
                max_tokens: 4
              POOL
            """;

    @TempDir
    private static Path folder;

    private static EndpointServer server;

    @BeforeAll
    static void runOnce() throws IOException {
        server = new EndpointServer(OffPolicyPairsTest::answer);
        Files.write(
                folder.resolve("sums.jsonl"),
                IntStream.range(0, 8).mapToObj(OffPolicyPairsTest::sum).toList());
        Files.writeString(folder.resolve("book.jsonl"), """
                {"id":"b","source":"book","messages":[{"role":"user","content":"What is 3 + 1?"},{"role":"assistant","content":"By the book: 4"}]}
                {"id":"c","source":"book","messages":[{"role":"user","content":"What is 9 + 9?"},{"role":"assistant","content":"18"}]}
                """);
        Path recipe = Files.writeString(
                folder.resolve("mixed.yaml"), RECIPE.replace("  POOL\n", POOL).formatted(server.url(), folder));
        EndToEndCall call = caravan("run", recipe, "--out", folder.resolve("run"));
        assertThat(call.status()).as(call.err()).isZero();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String sum(int i) {
        return "{\"id\":\"q%d\",\"messages\":[{\"role\":\"user\",\"content\":\"What is %d + 1?\"}],\"ground_truth\":\"%d\",\"dataset\":\"gsm8k\"}"
                .formatted(i, i, i + 1);
    }

    private static String answer(EndpointServer.Call call) {
        Matcher sum = SUM.matcher(call.asked());
        assertThat(sum.find()).isTrue();
        boolean careful = call.body().path("model").asString("").equals("careful");
        return "It is " + (careful ? Integer.parseInt(sum.group(1)) + Integer.parseInt(sum.group(2)) : 0);
    }

    @Test
    void betterAndWorseAnswersComeFromWhoeverWroteThemAndThePairSaysWho() throws IOException {
        List<JsonNode> pairs = rows("04-mixed/pairs.jsonl");
        assertThat(pairs).hasSize(8);
        assertThat(pairs)
                .extracting(row -> row.path("because").asString())
                .allMatch(because -> because.matches(".*; chosen by (careful|book), rejected by (hasty|the policy)"))
                .anyMatch(because -> because.endsWith("rejected by hasty"));
    }

    @Test
    void policyMayBeLeftOut() throws IOException {
        assertThat(rows("05-others/pairs.jsonl"))
                .hasSize(8)
                .allMatch(row -> row.path("because").asString().endsWith("; chosen by careful, rejected by hasty"));
    }

    @Test
    void drawsFromThePoolDependOnThePrompt() throws IOException {
        assertThat(noted("06-one", "careful: answers") + noted("06-one", "careful: answers_kept_from_before"))
                .isBetween(1L, 7L);
        long asked = Stream.of("careful", "hasty")
                .mapToLong(name ->
                        noted("06-one", name + ": answers") + noted("06-one", name + ": answers_kept_from_before"))
                .sum();
        assertThat(asked).isEqualTo(8);
    }

    @Test
    void poolsThatCannotServeAreProblemsOfTheRecipe() throws IOException {
        Path recipe = Files.writeString(folder.resolve("bad.yaml"), """
                name: bad
                stages:
                  - {type: preferences, out: a, data: x, samples: 0, drawn: 2, pool: [{name: m}, {name: n, answers: y}]}
                  - {type: preferences, out: b, data: x, samples: 0, pool: [{name: n, answers: y}]}
                  - {type: preferences, out: c, model: m, data: x, samples: 1}
                  - {type: preferences, out: d, data: x}
                  - {type: preferences, out: e, model: m, data: x, drawn: 2, pool: [{name: n, answers: y}]}
                """);
        assertThat(caravan("check", recipe).err())
                .contains("one of model, endpoint and answers must be given, got none")
                .contains("a pair needs two answers: raise samples or drawn, or give a pool")
                .contains("model is missing")
                .contains("drawn must be at most the size of the pool, 1, got 2");
    }

    private static long noted(String stage, String what) {
        try {
            return Json.tree(Files.readString(
                            folder.resolve("run").resolve(stage).resolve("manifest.json")))
                    .path("counts")
                    .path("noted")
                    .path(what)
                    .asLong(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> rows(String file) throws IOException {
        return Files.readAllLines(folder.resolve("run").resolve(file)).stream()
                .map(Json::tree)
                .toList();
    }
}

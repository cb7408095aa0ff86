package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static dev.caravan.generate.EndpointServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.generate.EndpointServer;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `caravan evaluate --endpoint` against a server that knows six of eight answers and may misbehave.
class EvaluateEndpointTest {
    private static final List<String> COLOURS =
            List.of("red", "green", "blue", "black", "white", "pink", "mauve", "puce");
    private static final double SCORE = 6.0 / 8;

    @TempDir
    private Path folder;

    private EndpointServer server;
    private Path task;
    private Path items;

    @BeforeEach
    void start() throws IOException {
        server = new EndpointServer(EvaluateEndpointTest::painter);
        task = task("colours", "");
        var rows = new StringBuilder();
        COLOURS.forEach(colour -> rows.append(Json.mapper().createObjectNode().put("colour", colour))
                .append('\n'));
        items = Files.writeString(folder.resolve("items.jsonl"), rows);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String painter(EndpointServer.Call call) {
        String asked = call.asked();
        String colour = asked.substring(asked.lastIndexOf(' ') + 1);
        return colour.equals("mauve") || colour.equals("puce") ? "purple" : colour;
    }

    private Path task(String name, String format) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                name: %s
                version: 1
                metric: exact match
                items: 8
                source: {type: files, hub: none/none, split: test, holds: rows, folder: none, files: ['*.jsonl']}
                format: {question: 'Say {{ colour }}', id: '{{ colour }}'%s}
                scoring: {type: generation, verifier: exact, expected: '{{ colour }}', max_tokens: 8}
                decontaminate: ['{{ colour }}']
                """.formatted(name, format));
    }

    @Test
    void answersAreScoredAndASecondRunAsksNothing() throws IOException {
        EndToEndCall first = evaluate();
        assertScore(first, 8);
        assertThat(server.calls()).hasSize(1 + 8); // the list of models
        assertThat(first.err()).contains("echo-1: answers 8, answers kept from before 0");
        List<JsonNode> rows = rows();
        assertThat(rows).extracting(row -> row.path("id").asString()).containsExactlyElementsOf(COLOURS);
        assertThat(rows.getFirst().path("completion").asString()).isEqualTo("red");
        assertThat(rows.getLast().path("verdict").asString()).isEqualTo("wrong");

        EndToEndCall second = evaluate();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(server.calls()).hasSize(1 + 8 + 1);
    }

    @Test
    void busyAndBrokenServersAreGotOverAndCounted() {
        server.next(status(200, "{\"data\": [{\"id\": \"painter\"}]}"));
        server.next(status(429, "slow down", "Retry-After", "0"));
        server.next(status(500, "oops", "Retry-After", "0"));
        server.next(status(200, "<html>welcome</html>"));
        server.next(server.stall());
        EndToEndCall call = evaluate("--concurrency", 4, "--timeout", 0.5);
        assertScore(call, 8);
        assertThat(call.err())
                .contains("answers 429 ('slow down'); attempt 2 of 6")
                .contains("painter: answers 8, answers kept from before 0")
                .contains("rate limited 1, server error 1, timed out 1, nonsense 1");
    }

    @Test
    void serverThatDiesIsNamedAndTheNextRunAsksOnlyWhatIsMissing() throws IOException {
        server.next(status(200, "{\"data\": [{\"id\": \"painter\"}]}"));
        for (int i = 0; i < 3; i++) {
            server.next(status(200, "{\"choices\": [{\"message\": {\"content\": \"red\"}}]}"));
        }
        server.next(status(503, "gone", "Retry-After", "0"));
        EndToEndCall died = evaluate("--concurrency", 1, "--attempts", 1);
        assertThat(died.status()).isEqualTo(3);
        assertThat(died.mistake())
                .contains("/chat/completions answers 503 ('gone'), at attempt 1 of 1; what was answered is kept");
        assertThat(died.err()).contains("painter: answers 3");
        int before = server.calls().size();

        EndToEndCall next = evaluate("--endpoint-model", "painter");
        assertThat(next.status()).as(next.err()).isEqualTo(0);
        assertThat(next.err()).contains("colours: 3 of 8 items are answered already");
        assertThat(server.calls().subList(before, server.calls().size()))
                .extracting(EndpointServer.Call::asked)
                .containsExactlyInAnyOrder("Say black", "Say white", "Say pink", "Say mauve", "Say puce");
        assertThat(rows()).hasSize(8);
    }

    @Test
    void itemThatNobodyAnswersIsUnverifiableAndAskedAgain() throws IOException {
        server.next(status(400, "too rude"));
        EndToEndCall first = evaluate("--concurrency", 1, "--endpoint-model", "painter");
        JsonNode line = Json.tree(first.out());
        assertThat(line.path("n").asInt()).isEqualTo(7);
        assertThat(line.path("unverifiable").asInt()).isEqualTo(1);
        assertThat(first.err())
                .contains("colours: 1 of 8 items have no answer, the first because the endpoint answers 400");
        JsonNode failed = rows().getFirst();
        assertThat(failed.path("completion").isNull()).isTrue();
        assertThat(failed.path("verdict").asString()).isEqualTo("unverifiable");
        assertThat(failed.path("because").asString())
                .contains("there is no answer")
                .contains("too rude");

        int before = server.calls().size();
        assertScore(evaluate("--endpoint-model", "painter"), 8);
        assertThat(server.calls()).hasSize(before + 1);
    }

    @Test
    void choicesInAChatNeedAModelOfThisMachineOrPlainText() {
        EndToEndCall call = weigh(choices("chat"));
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.mistake())
                .isEqualTo("which: needs log-probabilities of answers in a chat, and an endpoint tells those of plain"
                        + " text only; ask it with --format plain, or evaluate a model of this machine (--model M)");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void choicesInPlainTextAreWeighedAndASecondRunAsksNothing() throws IOException {
        server.tellWeights(EvaluateEndpointTest::weighed);
        EndToEndCall first = weigh(choices("chat"), "--format", "plain");
        assertScore(first, 8);
        assertThat(server.calls()).hasSize(1 + 1 + 2 * 8); // the list of models, the trial, two choices an item
        JsonNode row = rows("which").getFirst();
        assertThat(row.path("logprobs").toString()).isEqualTo("[-1.0,-2.0]");
        assertThat(row.path("tokens").toString()).isEqualTo("[1,1]");

        EndToEndCall second = weigh(choices("chat"), "--format", "plain");
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(server.calls()).hasSize(2 + 2 * 8 + 1);
    }

    @Test
    void weighingGetsOverBusyAndBrokenServersAndCountsThem() {
        server.tellWeights(EvaluateEndpointTest::weighed);
        server.next(status(429, "slow down", "Retry-After", "0"));
        server.next(status(500, "oops", "Retry-After", "0"));
        server.next(status(200, "<html>welcome</html>"));
        EndToEndCall call = weigh(choices("plain"), "--endpoint-model", "painter");
        assertScore(call, 8);
        assertThat(call.err()).contains("rate limited 1, server error 1, nonsense 1");
    }

    @Test
    void itemThatNobodyWeighsIsUnverifiableAndAskedAgain() throws IOException {
        server.tellWeights(EvaluateEndpointTest::weighed);
        weigh(choices("plain"), "--limit", 1, "--endpoint-model", "painter");
        server.next(status(400, "too long"));
        EndToEndCall call = weigh(choices("plain"), "--concurrency", 1, "--endpoint-model", "painter");
        assertThat(Json.tree(call.out()).path("n").asInt()).isEqualTo(7);
        assertThat(Json.tree(call.out()).path("unverifiable").asInt()).isEqualTo(1);
        assertThat(call.err())
                .contains("which: 1 of 8 items have no answer, the first because the endpoint answers 400");
        assertThat(rows("which").get(1).path("failed").asString()).contains("too long");

        int before = server.calls().size();
        assertScore(weigh(choices("plain"), "--endpoint-model", "painter"), 8);
        assertThat(server.calls()).hasSize(before + 1);
    }

    @Test
    void serverThatDoesNotWeighIsNamedWithTaskAndRemedy() {
        EndToEndCall call = weigh(choices("plain"), "--endpoint-model", "painter");
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.mistake())
                .startsWith("which: " + server.url() + " does not weigh texts that it is given")
                .endsWith("Take a server that does, such as vLLM, or a model of this machine");
        assertThat(server.calls()).hasSize(1);
    }

    /// Finds every colour likelier than purple, but for the two that the painter does not know.
    private static EndpointServer.Echo weighed(String text) {
        List<String> tokens = List.of((text + " .").split("(?= )"));
        var logProbs = new ArrayList<Double>();
        tokens.forEach(token -> logProbs.add(
                switch (token.strip()) {
                    case "mauve", "puce" -> -3.0;
                    case "purple" -> -2.0;
                    default -> -1.0;
                }));
        return new EndpointServer.Echo(tokens, logProbs, 0, 1);
    }

    private EndToEndCall weigh(Path task, Object... options) {
        var all = new ArrayList<Object>(List.of("evaluate", "--endpoint", server.url(), "--tasks", task));
        all.addAll(List.of("--task-data", items, "--out", folder.resolve("out")));
        all.addAll(List.of(options));
        return caravan(all.toArray());
    }

    private Path choices(String form) {
        try {
            return Files.writeString(folder.resolve("which.yaml"), """
                    name: which
                    version: 1
                    metric: accuracy
                    items: 8
                    source: {type: files, hub: none/none, split: test, holds: rows, folder: none, files: ['*.jsonl']}
                    format: {form: %s, question: 'After {{ colour }} comes', id: '{{ colour }}'}
                    scoring: {type: choice, choices: '["{{ colour }}", "purple"]', gold: '0'}
                    decontaminate: ['{{ colour }}']
                    """.formatted(form));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void openingOfTheAnswerIsSentAsTheAssistantsTurnToGoOnWith() throws IOException {
        task = task("opened", ", prefix: 'Colour:'");
        EndToEndCall call = evaluate("--limit", 1, "--endpoint-model", "painter");
        assertThat(call.err()).contains("opened begins the assistant's turn with 'Colour:'");
        JsonNode body = server.calls().getLast().body();
        assertThat(body.path("messages").path(1).path("role").asString()).isEqualTo("assistant");
        assertThat(body.path("messages").path(1).path("content").asString()).isEqualTo("Colour:");
        assertThat(body.path("continue_final_message").asBoolean()).isTrue();
    }

    @Test
    void modelAndEndpointExcludeEachOther() {
        EndToEndCall call = caravan("evaluate", "--model", "m", "--endpoint", server.url(), "--tasks", "arithmetic");
        assertThat(call.status()).isEqualTo(2);
        assertThat(call.mistake()).isEqualTo("give either --model M or --endpoint URL");
    }

    @Test
    void spentBudgetEndsTheCommandAsInterrupted() {
        EndToEndCall call = evaluate("--budget-tokens", 70, "--endpoint-model", "painter");
        assertThat(call.status()).isEqualTo(130);
        assertThat(call.mistake()).contains("the budget is spent");
    }

    private EndToEndCall evaluate(Object... options) {
        var all = new ArrayList<Object>(List.of("evaluate", "--endpoint", server.url(), "--tasks", task));
        all.addAll(List.of("--task-data", items, "--out", folder.resolve("out")));
        all.addAll(List.of(options));
        return caravan(all.toArray());
    }

    private static void assertScore(EndToEndCall call, int n) {
        assertThat(call.status()).as(call.err()).isEqualTo(0);
        JsonNode line = Json.tree(call.out());
        assertThat(line.path("score").asDouble()).isEqualTo(SCORE);
        assertThat(line.path("n").asInt()).isEqualTo(n);
    }

    private List<JsonNode> rows() throws IOException {
        return rows("colours");
    }

    private List<JsonNode> rows(String task) throws IOException {
        return Files.readAllLines(folder.resolve("out/" + task + ".jsonl")).stream()
                .map(Json::tree)
                .toList();
    }
}

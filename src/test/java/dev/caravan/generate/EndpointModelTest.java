package dev.caravan.generate;

import static dev.caravan.generate.EndpointServer.status;
import static dev.caravan.generate.EndpointServer.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.data.FinishReason;
import dev.caravan.io.Interrupted;
import dev.caravan.io.Progress;
import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointModelTest {
    private static final Sampling SAMPLING = Sampling.at(1, 20);
    private static final String KEY = "sk-very-secret";

    @TempDir
    private Path folder;

    private EndpointServer server;
    private final List<Double> pauses = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = EndpointServer.echo();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersComeInTheOrderOfTheQuestions() {
        try (var model = open(endpoint(8, 3, 10))) {
            var answers = model.answers(questions(50, 2), SAMPLING, 1, watch());
            assertThat(answers)
                    .hasSize(50)
                    .allSatisfy(group -> assertThat(group).hasSize(2));
            assertThat(texts(answers.get(17))).containsExactly("you said: question 17", "you said: question 17");
        }
        assertThat(server.mostOpen()).isLessThanOrEqualTo(8);
    }

    @Test
    void onlyModelOfTheServerIsFoundOut() {
        try (var model = open(Endpoint.at(server.url()))) {
            assertThat(model.name()).isEqualTo("echo-1");
        }
    }

    @Test
    void textsAreContinuedByTheOtherCall() {
        try (var model = open(endpoint(1, 1, 10))) {
            var answer = model.firstAnswers(List.of(new Question.Text("a", "Once", 1)), SAMPLING, 1, watch());
            assertThat(answer).containsExactly(new Answer.Written("you said: Once", FinishReason.LENGTH, 10, 5));
        }
        assertThat(server.calls().getFirst().path()).isEqualTo("/v1/completions");
    }

    @Test
    void samplesOfOneQuestionHaveSeedsOfTheirOwnAndTheSameInEveryRun() {
        try (var model = open(endpoint(1, 1, 10))) {
            model.answers(questions(1, 3), SAMPLING, 1, watch());
        }
        List<Long> seeds = seeds();
        assertThat(seeds).hasSize(3).doesNotHaveDuplicates();
        try (var model = open(endpoint(3, 1, 10), "other.jsonl")) {
            model.answers(questions(1, 3), SAMPLING, 1, watch());
        }
        assertThat(seeds().subList(3, 6)).containsExactlyInAnyOrderElementsOf(seeds);
    }

    @Test
    void busyServerIsAskedAgainWhenItSaysSo() {
        server.next(status(429, "slow down", "Retry-After", "7"));
        server.next(status(500, "oops"));
        try (var model = open(endpoint(1, 3, 10))) {
            assertThat(texts(
                            model.answers(questions(1, 1), SAMPLING, 1, watch()).getFirst()))
                    .containsExactly("you said: question 0");
            assertThat(model.numbers()).containsEntry("rate_limited", 1L).containsEntry("server_error", 1L);
        }
        assertThat(pauses.stream().mapToDouble(Double::doubleValue).sum()).isBetween(7 + 1.0, 7 + 2.0);
        assertThat(said.getFirst())
                .contains(
                        server.url() + "/chat/completions answers 429 ('slow down'); attempt 2 of 3 follows in 7.0 s");
    }

    @Test
    void pausesAreSpreadTheSameWayInEveryRun() {
        for (int run = 0; run < 2; run++) {
            server.next(status(503, ""));
            try (var model = open(endpoint(1, 2, 10), run + ".jsonl")) {
                model.answers(questions(1, 1), SAMPLING, 1, watch());
            }
        }
        int half = pauses.size() / 2;
        assertThat(pauses.subList(0, half)).isEqualTo(pauses.subList(half, pauses.size()));
    }

    @Test
    void stallsTruncationAndNonsenseAreCountedAndGotOver() {
        server.next(server.stall());
        server.next(server.stalledBody());
        server.next(truncated());
        server.next(status(200, "<html>welcome</html>"));
        server.next(status(200, "{\"choices\": []}"));
        try (var model = open(endpoint(1, 6, 0.2))) {
            assertThat(texts(
                            model.answers(questions(1, 1), SAMPLING, 1, watch()).getFirst()))
                    .containsExactly("you said: question 0");
            assertThat(model.numbers())
                    .containsEntry("timed_out", 2L)
                    .containsEntry("broken_off", 1L)
                    .containsEntry("nonsense", 2L);
        }
    }

    @Test
    void nonsenseToTheLastCostsItsQuestionOnly() {
        server.next(status(200, "nonsense"));
        server.next(status(200, "nonsense"));
        try (var model = open(endpoint(1, 2, 10))) {
            var answers = model.firstAnswers(questions(2, 1), SAMPLING, 1, watch());
            assertThat(answers.get(0))
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.because())
                                    .contains("answers nonsense: no JSON: 'nonsense', at attempt 2 of 2"));
            assertThat(answers.get(1)).isInstanceOf(Answer.Written.class);
        }
    }

    @Test
    void refusedRequestCostsItsQuestionOnlyAndIsNotRepeated() {
        server.next(status(400, "too long"));
        try (var model = open(endpoint(1, 5, 10))) {
            var answers = model.firstAnswers(questions(2, 1), SAMPLING, 1, watch());
            assertThat(answers.get(0)).isEqualTo(new Answer.Failed("the endpoint answers 400 ('too long')"));
        }
        assertThat(server.calls()).hasSize(2);
    }

    @Test
    void endpointThatRefusesEverythingEndsTheWork() {
        for (int i = 0; i < 20; i++) server.next(status(400, "unknown field"));
        try (var model = open(endpoint(1, 1, 10))) {
            assertThatThrownBy(() -> model.answers(questions(20, 1), SAMPLING, 1, watch()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("10 requests in a row came to nothing")
                    .hasMessageContaining("unknown field");
        }
    }

    @Test
    void unreachableServerIsNamedWithTheRemedy() {
        server.close();
        try (var model = open(endpoint(2, 2, 10))) {
            assertThatThrownBy(() -> model.answers(questions(3, 1), SAMPLING, 1, watch()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(server.url() + "/chat/completions breaks off (ConnectException")
                    .hasMessageContaining("at attempt 2 of 2; what was answered is kept")
                    .hasMessageContaining("run the same command again");
        }
    }

    @Test
    void keyGoesToTheEndpointAloneAndIntoNoMessage() throws IOException {
        server.next(status(200, "nonsense"));
        server.next(status(401, "no such key: " + KEY));
        var endpoint = new Endpoint(
                server.url(),
                Optional.of("m"),
                Optional.of("THE_KEY"),
                1,
                2,
                10,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                true);
        try (var model = open(endpoint)) {
            assertThatThrownBy(() -> model.answers(questions(1, 1), SAMPLING, 1, watch()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("answers 401 ('no such key: ***'): the key in THE_KEY is not accepted");
        }
        assertThat(server.calls().getFirst().authorization()).contains("Bearer " + KEY);
        assertThat(said).noneMatch(message -> message.contains(KEY));
        assertThat(Files.readString(folder.resolve("answers.jsonl"))).doesNotContain(KEY);
        assertThat(endpoint.toString()).doesNotContain(KEY);
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        try (var other = EndpointServer.echo();
                var model = open(endpoint(1, 2, 10))) {
            server.next(status(307, "", "Location", other.url() + "/chat/completions"));
            assertThatThrownBy(() -> model.answers(questions(1, 1), SAMPLING, 1, watch()))
                    .hasMessageContaining("redirects to " + other.url())
                    .hasMessageContaining("not followed");
            assertThat(other.calls()).isEmpty();
        }
    }

    @Test
    void missingKeyIsNamedBeforeAnythingIsSent() {
        var endpoint = new Endpoint(
                server.url(),
                Optional.of("m"),
                Optional.of("NO_SUCH"),
                1,
                2,
                10,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                true);
        assertThatThrownBy(() -> open(endpoint))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("environment variable NO_SUCH");
    }

    @Test
    void deathAtAnyAnswerLosesNoneAndRepeatsNone() {
        var questions = questions(12, 1);
        for (int life = 0; life < 20; life++) {
            for (int i = 0; i < 3; i++) server.next(status(200, reply(life + "-" + i)));
            server.next(status(401, "dies here"));
            try (var model = open(endpoint(1, 1, 10))) {
                model.answers(questions, SAMPLING, 1, watch());
                break;
            } catch (DataException died) {
                assertThat(died).hasMessageContaining("dies here");
            }
        }
        // three answers a life and one refusal each; the fourth life answers the last three
        assertThat(server.calls()).hasSize(3 * 4 + 3);
        try (var model = open(endpoint(4, 1, 10))) {
            assertThat(model.answers(questions, SAMPLING, 1, watch()).stream().map(EndpointModelTest::texts))
                    .containsExactlyElementsOf(IntStream.range(0, 12)
                            .mapToObj(i -> List.of(i / 3 + "-" + i % 3))
                            .toList());
            assertThat(model.numbers()).containsEntry("answers", 0L).containsEntry("answers_kept_from_before", 12L);
        }
        assertThat(server.calls()).hasSize(3 * 4 + 3);
    }

    @Test
    void lastLineTornByAKillIsAskedForAgain() throws IOException {
        try (var model = open(endpoint(1, 1, 10))) {
            model.answers(questions(3, 1), SAMPLING, 1, watch());
        }
        Path file = folder.resolve("answers.jsonl");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 9));
        try (var model = open(endpoint(1, 1, 10))) {
            assertThat(model.answers(questions(3, 1), SAMPLING, 1, watch())).hasSize(3);
            assertThat(model.numbers()).containsEntry("answers", 1L).containsEntry("answers_kept_from_before", 2L);
        }
        assertThat(Files.readString(file)).isEqualTo(whole);
    }

    @Test
    void budgetOfTokensIsNeverOverdrawnAndTheSameCommandGoesOn() {
        Endpoint small = budget(Optional.of(200L), Optional.empty());
        for (int run = 0; run < 2; run++) {
            try (var model = open(small)) {
                assertThatThrownBy(() -> model.answers(questions(50, 1), SAMPLING, 1, watch()))
                        .isInstanceOf(Interrupted.class)
                        .hasMessageContaining("of 200 tokens taken")
                        .hasMessageContaining("Raise the budget");
                long taken = (long) model.numbers().get("prompt_tokens")
                        + (long) model.numbers().get("completion_tokens");
                assertThat(taken).isBetween(110L, 200L);
            }
        }
        int asked = server.calls().size();
        try (var model = open(budget(Optional.of(20_000L), Optional.empty()))) {
            assertThat(model.answers(questions(50, 1), SAMPLING, 1, watch())).hasSize(50);
        }
        assertThat(server.calls()).hasSize(50);
        assertThat(asked).isLessThan(50);
    }

    @Test
    void budgetOfMoneyCountsByThePrices() {
        // 10 tokens in at 1 a million and 5 out at 2 a million: 20 millionths an answer
        try (var model = open(budget(Optional.empty(), Optional.of(500e-6)))) {
            assertThatThrownBy(() -> model.answers(questions(50, 1), SAMPLING, 1, watch()))
                    .isInstanceOf(Interrupted.class)
                    .hasMessageContaining("0.0005 spent");
            assertThat((double) model.numbers().get("cost")).isBetween(20e-6, 500e-6);
        }
    }

    @Test
    void stopIsHeardAndWhatIsOpenIsKept() {
        var asked = new AtomicInteger();
        var watch = new Watch(Progress.SILENT, () -> asked.incrementAndGet() > 5);
        try (var model = open(endpoint(1, 1, 10))) {
            assertThatThrownBy(() -> model.answers(questions(50, 1), SAMPLING, 1, watch))
                    .isInstanceOf(Interrupted.class)
                    .hasMessageContaining("of 50 answers, which are kept");
        }
        try (var model = open(endpoint(1, 1, 10))) {
            model.answers(questions(50, 1), SAMPLING, 1, watch());
        }
        assertThat(server.calls()).hasSize(50);
    }

    @Test
    void settingsThatCannotWorkAreNamed() {
        assertThatThrownBy(() -> Endpoint.at("localhost:8000")).hasMessageContaining("url must be an address");
        assertThatThrownBy(() -> Endpoint.at("http://me:secret@host/v1")).hasMessageContaining("no password");
        assertThatThrownBy(() -> new Endpoint(
                        server.url(),
                        Optional.empty(),
                        Optional.empty(),
                        8,
                        6,
                        300,
                        Optional.empty(),
                        Optional.of(1.0),
                        0,
                        0,
                        true))
                .hasMessageContaining("budget_money needs input_price");
        assertThat(Endpoint.at("http://host:1").base()).isEqualTo("http://host:1/v1");
        assertThat(Endpoint.at("http://host:1/v1/chat/completions").base()).isEqualTo("http://host:1/v1");
        assertThat(Endpoint.at("https://host/api/").base()).isEqualTo("https://host/api");
    }

    private static String reply(String text) {
        return """
                {"choices": [{"message": {"content": "%s"}, "finish_reason": "stop"}],
                 "usage": {"prompt_tokens": 10, "completion_tokens": 5}}""".formatted(text);
    }

    private EndpointModel open(Endpoint endpoint) {
        return open(endpoint, "answers.jsonl");
    }

    private EndpointModel open(Endpoint endpoint, String file) {
        return new EndpointModel(endpoint, Map.of("THE_KEY", KEY), new Store(), folder.resolve(file), pauses::add);
    }

    private Endpoint endpoint(int concurrency, int attempts, double timeout) {
        return new Endpoint(
                server.url(),
                Optional.of("m"),
                Optional.empty(),
                concurrency,
                attempts,
                timeout,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                true);
    }

    private Endpoint budget(Optional<Long> tokens, Optional<Double> money) {
        return new Endpoint(server.url(), Optional.of("m"), Optional.empty(), 4, 1, 10, tokens, money, 1, 2, true);
    }

    private static List<Question> questions(int count, int samples) {
        return IntStream.range(0, count)
                .<Question>mapToObj(i ->
                        new Question.Chat("q" + i, List.of(dev.caravan.data.Message.user("question " + i)), samples))
                .toList();
    }

    private static List<String> texts(List<Answer> answers) {
        return answers.stream()
                .map(answer -> answer instanceof Answer.Written written ? written.text() : answer.toString())
                .toList();
    }

    private List<Long> seeds() {
        var seeds = new ArrayList<Long>();
        server.calls().forEach(call -> seeds.add(call.body().path("seed").asLong()));
        return seeds;
    }

    private Watch watch() {
        return new Watch(new SaidProgress(said), () -> false);
    }
}

package dev.caravan.generate;

import static dev.caravan.generate.EndpointServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.data.Message;
import dev.caravan.generate.EndpointServer.Echo;
import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Texts whose last words an endpoint weighs. The server's tokens are words with the space before them, and a token's
/// log-probability is the number of its characters, less than nothing.
class EndpointWeighingTest {
    private static final Pattern WORD = Pattern.compile("\\s*\\S+|\\s+");

    @TempDir
    private Path folder;

    private EndpointServer server;

    @BeforeEach
    void start() throws IOException {
        server = new EndpointServer(call -> call.asked() + " more");
        server.tellWeights(EndpointWeighingTest::echo);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Echo echo(String text) {
        var tokens = new ArrayList<>(
                WORD.matcher(text).results().map(MatchResult::group).toList());
        tokens.add(" more");
        return new Echo(tokens, logProbs(tokens), 0, 1);
    }

    private static List<@Nullable Double> logProbs(List<String> tokens) {
        var logProbs = new ArrayList<@Nullable Double>();
        tokens.forEach(token -> logProbs.add((double) -token.length()));
        logProbs.set(0, null);
        return logProbs;
    }

    @Test
    void lastWordsAreSummedWithoutWhatTheServerWroteBehindThem() {
        assertThat(weigh("Say it:", " red", " light blue"))
                .containsExactly(told(new Likelihood(-4, 1), new Likelihood(-11, 2)));
        JsonNode body = server.calls().getLast().body();
        assertThat(body.path("prompt").asString()).isEqualTo("Say it: light blue");
        assertThat(body.path("echo").asBoolean()).isTrue();
        assertThat(body.path("max_tokens").asInt()).isEqualTo(1);
        assertThat(server.calls().getLast().path()).isEqualTo("/v1/completions");
    }

    @Test
    void spacesAtTheEndOfTheContextBelongToTheWords() {
        assertThat(weigh("Say it: ", "red")).containsExactly(told(new Likelihood(-4, 1)));
    }

    @Test
    void tokenThatBeginsEveryTextMovesNothing() {
        server.tellWeights(text -> {
            var tokens = new ArrayList<>(List.of("<|begin_of_text|>"));
            tokens.addAll(echo(text).tokens());
            return new Echo(tokens, logProbs(tokens), 0, 1);
        });
        assertThat(weigh("Say it:", " light blue")).containsExactly(told(new Likelihood(-11, 2)));
    }

    @Test
    void tokensToldWithoutTheirSpacesAreFoundAllTheSame() {
        server.tellWeights(text -> {
            List<String> bare = echo(text).tokens().stream().map(String::strip).toList();
            return new Echo(bare, logProbs(bare), 0, 1);
        });
        assertThat(weigh("Say it: a", " light blue")).containsExactly(told(new Likelihood(-9, 2)));
    }

    @Test
    void charactersOutsideTheBasicPlaneCountOnce() {
        assertThat(weigh("\uD83D\uDE80 goes \uD83D\uDE80:", " up")).containsExactly(told(new Likelihood(-3, 1)));
    }

    @Test
    void serverThatEndsTheTextAtOnceHasWrittenNothing() {
        server.tellWeights(text -> {
            Echo whole = echo(text);
            int n = whole.tokens().size() - 1;
            return new Echo(whole.tokens().subList(0, n), whole.logProbs().subList(0, n), 0, 0);
        });
        assertThat(weigh("Say it:", " red")).containsExactly(told(new Likelihood(-4, 1)));
    }

    @Test
    void logProbabilitiesThatStandATokenOffAreRefused() {
        server.tellWeights(text -> {
            Echo whole = echo(text);
            int n = whole.tokens().size() - 1;
            return new Echo(whole.tokens().subList(0, n), whole.logProbs().subList(0, n), 0, 1);
        });
        assertThatThrownBy(() -> weigh("Say it:", " red"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("stand one token off");
    }

    @Test
    void serverThatEchoesNoLogProbabilitiesIsFoundOutByOneRequest() throws IOException {
        try (var silent = new EndpointServer(EndpointServer.Call::asked)) {
            assertThatThrownBy(() -> weigh(silent, "Say it:", " red"))
                    .isInstanceOf(RecipeException.class)
                    .hasMessage(silent.url() + " does not weigh texts that it is given, which takes echo and logprobs"
                            + " at /completions: it tells no log-probabilities of a text that it is given. Take a"
                            + " server that does, such as vLLM, or a model of this machine");
            assertThat(silent.calls()).hasSize(1);
        }
    }

    @Test
    void nullsForTheEchoedPartAreNoLogProbabilities() {
        server.tellWeights(text -> {
            List<String> tokens = echo(text).tokens();
            var nulls = new ArrayList<@Nullable Double>(java.util.Collections.nCopies(tokens.size() - 1, null));
            nulls.add(-1.0);
            return new Echo(tokens, nulls, 0, 1);
        });
        assertThatThrownBy(() -> weigh("Say it:", " red")).hasMessageContaining("it tells no log-probability of");
    }

    @Test
    void serverOfChatsAloneIsToldFromAWrongUrl() {
        server.next(status(404, "This is a chat model"));
        assertThatThrownBy(() -> weigh("Say it:", " red"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("This is a chat model")
                .hasMessageEndingWith("a server of chats alone neither continues nor weighs texts");
    }

    @Test
    void whatFollowsAChatIsNotWeighed() {
        var chat = new Choice(new Question.Chat("q", List.of(Message.user("Hello")), 1), List.of("a", "b"));
        try (var model = model(server)) {
            assertThatThrownBy(() -> model.weigh(List.of(chat), Watch.NOBODY, (_, _) -> {}))
                    .isInstanceOf(RecipeException.class)
                    .hasMessageContaining("cannot weigh what follows a chat");
        }
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void refusedChoiceIsAFailureOfItsOwnAndAskedAgain() {
        weigh("Say it:"); // the trial
        server.next(status(400, "too long"));
        assertThat(weigh("Say it:", " red", " blue"))
                .containsExactly(new Weights.Failed("the endpoint answers 400 ('too long')"));
        int before = server.calls().size();
        assertThat(weigh("Say it:", " red", " blue"))
                .containsExactly(told(new Likelihood(-4, 1), new Likelihood(-5, 1)));
        assertThat(server.calls()).hasSize(before + 1);
    }

    @Test
    void sameTextSplitElsewhereIsAnotherRequest() {
        assertThat(weigh("Say", " it red")).containsExactly(told(new Likelihood(-7, 2)));
        assertThat(weigh("Say it", " red")).containsExactly(told(new Likelihood(-4, 1)));
    }

    @Test
    void emptyContextHasNoLogProbabilityForItsFirstToken() {
        assertThat(weigh("", "red"))
                .containsExactly(new Weights.Failed("it tells no log-probability of the first token of 'red'"));
    }

    private static Weights told(Likelihood... likelihoods) {
        return new Weights.Told(List.of(likelihoods));
    }

    private List<Weights> weigh(String context, String... continuations) {
        return weigh(server, context, continuations);
    }

    private List<Weights> weigh(EndpointServer server, String context, String... continuations) {
        try (var model = model(server)) {
            var choice = new Choice(new Question.Text("q", context, 1), List.of(continuations));
            return model.weigh(List.of(choice), Watch.NOBODY, (_, _) -> {});
        }
    }

    private EndpointModel model(EndpointServer server) {
        var endpoint = new Endpoint(
                server.url(),
                Optional.of("m"),
                Optional.empty(),
                1,
                2,
                10,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                true);
        return new EndpointModel(endpoint, Map.of(), new Store(), folder.resolve("answers.jsonl"), _ -> {});
    }
}

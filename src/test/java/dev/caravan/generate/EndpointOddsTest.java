package dev.caravan.generate;

import static dev.caravan.generate.EndpointServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import dev.caravan.io.Interrupt;
import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Decisions, for which an endpoint is asked for the log-probabilities of first tokens.
class EndpointOddsTest {
    @TempDir
    private Path folder;

    private EndpointServer server;
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = new EndpointServer(_ -> "1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatMightHaveStoodFirstIsToldAndKept() {
        server.tellOdds(_ -> Map.of("1", 0.75));
        for (int run = 0; run < 2; run++) {
            assertThat(decide(1).getFirst().beginnings()).containsExactly(new Answer.Beginning("1", Math.log(0.75)));
        }
        assertThat(server.calls()).hasSize(1);
        assertThat(server.calls().getFirst().body().path("top_logprobs").asInt())
                .isEqualTo(20);
    }

    @Test
    void onlyDecisionsAskForThem() {
        try (var model = model()) {
            model.firstAnswers(List.of(Question.of("q", "Which?")), Sampling.greedy(8), 1, watch());
        }
        assertThat(server.calls().getFirst().body().has("logprobs")).isFalse();
    }

    @Test
    void serverThatTellsNoneAnswersAllTheSame() {
        assertThat(decide(1))
                .containsExactly(new Answer.Written("1", dev.caravan.data.FinishReason.STOP, 10, 5, List.of()));
    }

    @Test
    void serverThatRefusesThemIsAskedWithoutAndFromThenOnAtOnce() {
        server.refuseOdds(status(400, "logprobs are not supported"));
        assertThat(decide(3)).extracting(Answer.Written::text).containsExactly("1", "1", "1");
        assertThat(server.calls()).hasSize(2 + 1 + 1);
        assertThat(said)
                .containsExactly(server.url()
                        + " answers without log-probabilities only, and is asked for none (with them: the endpoint"
                        + " answers 400 ('logprobs are not supported'))");
        decide(3);
        assertThat(server.calls()).hasSize(4);
    }

    @Test
    void serverThatFailsAtThemIsAskedWithout() {
        server.refuseOdds(status(500, "logits_all is off"));
        assertThat(decide(2)).extracting(Answer.Written::text).containsExactly("1", "1");
        assertThat(server.calls()).hasSize(2 + 1 + 1); // two attempts with them
    }

    @Test
    void serverThatFailsAtEverythingEndsTheWork() {
        server.refuseOdds(status(500, "oops"));
        for (int i = 0; i < 4; i++) server.next(status(500, "oops"));
        assertThatThrownBy(() -> decide(1)).isInstanceOf(DataException.class).hasMessageContaining("answers 500");
    }

    private List<Answer.Written> decide(int questions) {
        try (var model = model()) {
            List<Question> asked = IntStream.range(0, questions)
                    .<Question>mapToObj(i -> new Question.Decision("q" + i, List.of(Message.user("Which, " + i + "?"))))
                    .toList();
            return model.firstAnswers(asked, Sampling.greedy(8), 1, watch()).stream()
                    .map(Answer.Written.class::cast)
                    .toList();
        }
    }

    private EndpointModel model() {
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

    private Watch watch() {
        return new Watch(new SaidProgress(said), Interrupt.NEVER);
    }
}

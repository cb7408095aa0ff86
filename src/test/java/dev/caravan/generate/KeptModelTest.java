package dev.caravan.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.data.FinishReason;
import dev.caravan.data.Message;
import dev.caravan.io.Interrupted;
import dev.caravan.io.Progress;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptModelTest {
    private static final Sampling SAMPLING = Sampling.at(1, 8);

    @TempDir
    private Path folder;

    /// Answers with what it was asked and how many were asked together; falls over when it has written enough.
    private static final class Neighbourly implements ChatModel {
        private final List<String> asked = new ArrayList<>();
        private final int most;

        Neighbourly(int most) {
            this.most = most;
        }

        @Override
        public String name() {
            return "neighbourly";
        }

        @Override
        public List<List<Answer>> answers(
                List<Question> questions, Sampling sampling, long seed, Watch watch, Listener<List<Answer>> listener) {
            if (asked.size() + questions.size() > most) throw new IllegalStateException("killed");
            questions.forEach(question -> asked.add(question.key()));
            return questions.stream()
                    .map(question -> answers(question, questions.size(), seed))
                    .toList();
        }

        private static List<Answer> answers(Question question, int neighbours, long seed) {
            if (question.key().equals("q3")) return List.of(new Answer.Failed("too long"));
            return IntStream.range(0, question.samples())
                    .<Answer>mapToObj(i -> new Answer.Written(
                            "%s.%d of %d under %d".formatted(question.key(), i, neighbours, seed),
                            FinishReason.STOP,
                            5,
                            2,
                            List.of(-0.5f, -1.25f),
                            question instanceof Question.Decision
                                    ? List.of(new Answer.Beginning("1", -0.25), new Answer.Beginning("2", -1.5))
                                    : List.of()))
                    .toList();
        }

        @Override
        public List<Weights> weigh(List<Choice> choices, Watch watch, Listener<Weights> listener) {
            if (asked.size() + choices.size() > most) throw new IllegalStateException("killed");
            choices.forEach(choice -> asked.add(choice.question().key()));
            return choices.stream()
                    .<Weights>map(choice -> new Weights.Told(choice.continuations().stream()
                            .map(text -> new Likelihood(-0.1 * text.length() / choices.size(), 1))
                            .toList()))
                    .toList();
        }

        @Override
        public SequencedMap<String, Number> numbers() {
            return new LinkedHashMap<>();
        }

        @Override
        public void close() {}
    }

    @Test
    void killedJobGoesOnWithTheSameAnswersAndWritesNoneAgain() {
        List<Question> questions = questions(10, 2);
        var whole = new Neighbourly(100);
        List<List<Answer>> uninterrupted = answers(whole, "whole", questions, 7);
        assertThatThrownBy(() -> answers(new Neighbourly(6), "killed", questions, 7))
                .hasMessage("killed");
        var rest = new Neighbourly(100);
        assertThat(answers(rest, "killed", questions, 7)).isEqualTo(uninterrupted);
        assertThat(rest.asked).containsExactly("q6", "q7", "q8", "q9");
        var nothing = new Neighbourly(0);
        assertThat(answers(nothing, "killed", questions, 7)).isEqualTo(uninterrupted);
    }

    @Test
    void killedJobGoesOnWithTheSameWeights() {
        List<Choice> choices = questions(10, 1).stream()
                .map(question -> new Choice(question, List.of(" yes", " no")))
                .toList();
        List<Weights> uninterrupted = weights(new Neighbourly(100), "whole", choices);
        assertThat(uninterrupted).hasSize(10);
        assertThatThrownBy(() -> weights(new Neighbourly(6), "killed", choices)).hasMessage("killed");
        var rest = new Neighbourly(100);
        assertThat(weights(rest, "killed", choices)).isEqualTo(uninterrupted);
        assertThat(rest.asked).containsExactly("q4", "q5", "q6", "q7", "q8", "q9");
    }

    @Test
    void logProbabilitiesAreKeptWhereThatIsAskedFor() {
        for (int most : List.of(100, 0)) {
            try (var model =
                    new KeptModel(new Neighbourly(most), new Store(), folder.resolve("logprobs.jsonl"), 4, true)) {
                var answer = (Answer.Written) model.firstAnswers(questions(1, 1), SAMPLING, 7, Watch.NOBODY)
                        .getFirst();
                assertThat(answer.logProbs()).containsExactly(-0.5f, -1.25f);
            }
        }
        try (var model = model(new Neighbourly(100), "without")) {
            var answer = (Answer.Written) model.firstAnswers(questions(1, 1), SAMPLING, 7, Watch.NOBODY)
                    .getFirst();
            assertThat(answer.logProbs()).isEmpty();
        }
    }

    private List<Weights> weights(Neighbourly asked, String file, List<Choice> choices) {
        try (var model = model(asked, file)) {
            return model.weigh(choices, Watch.NOBODY, (_, _) -> {});
        }
    }

    @Test
    void otherDrawsAndOtherQuestionsAreAskedAnew() {
        answers(new Neighbourly(100), "file", questions(4, 2), 7);
        var seed = new Neighbourly(100);
        answers(seed, "file", questions(4, 2), 8);
        assertThat(seed.asked).hasSize(4);
        var samples = new Neighbourly(100);
        answers(samples, "file", questions(4, 1), 7);
        assertThat(samples.asked).hasSize(4);
        var words = new Neighbourly(100);
        answers(words, "file", List.of(new Question.Chat("q0", List.of(Message.user("Else?")), 2)), 7);
        assertThat(words.asked).hasSize(1);
    }

    @Test
    void whatADecisionMightHaveBegunWithIsKept() {
        List<Question> decision = List.of(new Question.Decision("q0", List.of(Message.user("Which?"))));
        var beginnings = List.of(new Answer.Beginning("1", -0.25), new Answer.Beginning("2", -1.5));
        for (int most : List.of(100, 0)) {
            var written = (Answer.Written) answers(new Neighbourly(most), "file", decision, 7)
                    .getFirst()
                    .getFirst();
            assertThat(written.beginnings()).isEqualTo(beginnings);
        }
    }

    @Test
    void numbersCountWhatWasKeptAsWhatIsWritten() {
        for (int run = 0; run < 2; run++) {
            try (var model = model(new Neighbourly(100), "file")) {
                model.answers(questions(3, 2), SAMPLING, 7, Watch.NOBODY);
                assertThat(model.numbers()).containsEntry("prompt_tokens", 15L).containsEntry("completion_tokens", 12L);
            }
        }
    }

    @Test
    void stopsBetweenPortionsWhenAsked() {
        try (var model = model(new Neighbourly(100), "file")) {
            var watch = new Watch(Progress.SILENT, () -> true);
            assertThatThrownBy(() -> model.answers(questions(10, 2), SAMPLING, 7, watch))
                    .isInstanceOf(Interrupted.class)
                    .hasMessage("stopped at answer 4 of 20; run again, and it goes on");
        }
    }

    @Test
    void listenerHearsOfEveryQuestionOnce() {
        var heard = new ArrayList<Integer>();
        try (var model = model(new Neighbourly(100), "file")) {
            model.answers(questions(7, 3), SAMPLING, 7, Watch.NOBODY, (question, _) -> heard.add(question));
        }
        assertThat(heard).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    private List<List<Answer>> answers(Neighbourly asked, String file, List<Question> questions, long seed) {
        try (var model = model(asked, file)) {
            return model.answers(questions, SAMPLING, seed, Watch.NOBODY);
        }
    }

    private KeptModel model(ChatModel model, String file) {
        return new KeptModel(model, new Store(), folder.resolve(file + ".jsonl"), 4);
    }

    private static List<Question> questions(int count, int samples) {
        return IntStream.range(0, count)
                .<Question>mapToObj(i -> new Question.Chat("q" + i, List.of(Message.user("Question " + i)), samples))
                .toList();
    }
}

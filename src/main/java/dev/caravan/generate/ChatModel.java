package dev.caravan.generate;

import java.util.List;
import java.util.SequencedMap;

/// Who answers: a model on this machine, or an endpoint somewhere.
public interface ChatModel extends AutoCloseable {
    /// As reports name it.
    String name();

    /// Hears of each question as soon as it is answered, of one at a time, in whatever order.
    @FunctionalInterface
    interface Listener<T> {
        /// @param question its place in the list of questions
        void answered(int question, T answer);
    }

    /// The answers to each question, in the order of the questions.
    ///
    /// @throws dev.caravan.io.Interrupted when asked to stop, or when a budget is spent; the same command goes on
    /// @throws dev.caravan.DataException when nobody answers any more
    List<List<Answer>> answers(
            List<Question> questions, Sampling sampling, long seed, Watch watch, Listener<List<Answer>> listener);

    /// How likely the continuations of each choice are, in the order of the choices.
    ///
    /// @throws dev.caravan.RecipeException when this model tells no log-probabilities of given texts
    /// @throws dev.caravan.io.Interrupted as [#answers]
    /// @throws dev.caravan.DataException when nobody answers any more
    List<Weights> weigh(List<Choice> choices, Watch watch, Listener<Weights> listener);

    /// What the answers took so far: tokens, cost, and what went wrong on the way, for reports.
    SequencedMap<String, Number> numbers();

    @Override
    void close();

    /// The answers to each question, when nobody wants to hear of them before all are there.
    default List<List<Answer>> answers(List<Question> questions, Sampling sampling, long seed, Watch watch) {
        return answers(questions, sampling, seed, watch, (_, _) -> {});
    }

    /// The first answer to each question.
    default List<Answer> firstAnswers(List<Question> questions, Sampling sampling, long seed, Watch watch) {
        return answers(questions, sampling, seed, watch).stream()
                .map(List::getFirst)
                .toList();
    }
}

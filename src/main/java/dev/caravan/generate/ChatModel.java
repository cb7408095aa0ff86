package dev.caravan.generate;

import java.util.List;
import java.util.SequencedMap;

/// Who answers: a model on this machine, or an endpoint somewhere.
public interface ChatModel extends AutoCloseable {
    /// As reports name it.
    String name();

    /// The answers to each question, in the order of the questions.
    ///
    /// @throws dev.caravan.io.Interrupted when asked to stop, or when a budget is spent; the same command goes on
    /// @throws dev.caravan.DataException when nobody answers any more
    List<List<Answer>> answers(List<Question> questions, Sampling sampling, long seed, Watch watch);

    /// What the answers took so far: tokens, cost, and what went wrong on the way, for reports.
    SequencedMap<String, Number> numbers();

    @Override
    void close();

    /// The first answer to each question.
    default List<Answer> firstAnswers(List<Question> questions, Sampling sampling, long seed, Watch watch) {
        return answers(questions, sampling, seed, watch).stream()
                .map(List::getFirst)
                .toList();
    }
}

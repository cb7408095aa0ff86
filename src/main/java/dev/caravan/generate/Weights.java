package dev.caravan.generate;

import java.util.List;

/// What became of a [Choice].
public sealed interface Weights {
    /// How likely each of its continuations is.
    record Told(List<Likelihood> likelihoods) implements Weights {
        public Told {
            likelihoods = List.copyOf(likelihoods);
        }
    }

    /// Nobody can tell, and asking again would not help.
    record Failed(String because) implements Weights {}

    /// From the answers to its continuations, whose log-probabilities are those of the continuation's tokens.
    static Weights of(List<Answer> answers) {
        return answers.stream()
                .filter(Answer.Failed.class::isInstance)
                .findFirst()
                .<Weights>map(failed -> new Failed(((Answer.Failed) failed).because()))
                .orElseGet(
                        () -> new Told(answers.stream().map(Weights::likelihood).toList()));
    }

    private static Likelihood likelihood(Answer answer) {
        List<Float> logProbs = ((Answer.Written) answer).logProbs();
        return new Likelihood(logProbs.stream().mapToDouble(Float::doubleValue).sum(), logProbs.size());
    }
}

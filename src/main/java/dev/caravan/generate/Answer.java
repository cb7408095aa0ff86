package dev.caravan.generate;

import dev.caravan.data.Completion;
import dev.caravan.data.FinishReason;
import java.util.ArrayList;
import java.util.List;

/// What became of a question.
public sealed interface Answer {
    /// @param promptTokens that were read for it, as who answered counts them
    /// @param tokens that were written
    /// @param logProbs of the tokens; empty where who answered does not tell them
    record Written(String text, FinishReason finish, long promptTokens, long tokens, List<Float> logProbs)
            implements Answer {
        public Written {
            logProbs = List.copyOf(logProbs);
        }

        /// An answer of unknown log-probabilities.
        public Written(String text, FinishReason finish, long promptTokens, long tokens) {
            this(text, finish, promptTokens, tokens, List.of());
        }

        static Written of(Completion completion, long promptTokens) {
            var logProbs = new ArrayList<Float>();
            for (float logProb : completion.logprobs()) logProbs.add(logProb);
            return new Written(completion.text(), completion.finish(), promptTokens, completion.ids().length, logProbs);
        }
    }

    /// There is no answer, and asking again would not bring one.
    record Failed(String because) implements Answer {}
}

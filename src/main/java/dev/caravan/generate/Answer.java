package dev.caravan.generate;

import dev.caravan.data.Completion;
import dev.caravan.data.FinishReason;
import java.util.ArrayList;
import java.util.List;

/// What became of a question.
public sealed interface Answer {
    /// @param promptTokens that were read for it, as who answered counts them
    /// @param tokens that were written
    /// A token that might have stood first.
    record Beginning(String text, double logProb) {}

    /// @param logProbs of the tokens; empty where who answered does not tell them
    /// @param beginnings the likeliest first tokens, of a [Question.Decision]; empty where who answers tells
    ///     none
    record Written(
            String text,
            FinishReason finish,
            long promptTokens,
            long tokens,
            List<Float> logProbs,
            List<Beginning> beginnings)
            implements Answer {
        public Written {
            logProbs = List.copyOf(logProbs);
            beginnings = List.copyOf(beginnings);
        }

        /// An answer to a question that decides nothing.
        public Written(String text, FinishReason finish, long promptTokens, long tokens, List<Float> logProbs) {
            this(text, finish, promptTokens, tokens, logProbs, List.of());
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

        Written beginningWith(List<Beginning> told) {
            return new Written(text, finish, promptTokens, tokens, logProbs, told);
        }
    }

    /// There is no answer, and asking again would not bring one.
    record Failed(String because) implements Answer {}
}

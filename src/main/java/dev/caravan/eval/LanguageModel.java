package dev.caravan.eval;

import dev.caravan.data.Completion;
import dev.caravan.generate.Sampling;
import java.util.List;

/// What is evaluated: something that goes on with a prompt, and perhaps tells how likely it finds given answers. A
/// model of this process is one, a server another.
public interface LanguageModel {
    /// Names weights, template and arithmetic: answers of the same model to the same prompt are not asked for
    /// again.
    String fingerprint();

    /// A prompt that waits for `samples` completions.
    ///
    /// @param id names its random draws
    record Question(String id, EvalPrompt prompt, int samples) {}

    /// Hears of each question as soon as it is answered, in whatever order.
    interface Listener<T> {
        /// @param question its place in the list of questions
        void answered(int question, T answer);
    }

    /// Writes the completions of all questions.
    ///
    /// @throws dev.caravan.DataException when a prompt leaves no room for an answer
    void complete(List<Question> questions, Sampling sampling, long seed, Listener<List<Completion>> listener);

    /// A prompt and the texts that may follow it.
    record Choice(EvalPrompt prompt, List<String> continuations) {}

    /// How likely a continuation is.
    ///
    /// @param logProb the sum over its tokens
    /// @param tokens how many it has
    record Likelihood(double logProb, int tokens) {}

    /// Weighs the continuations of all choices.
    ///
    /// @throws dev.caravan.RecipeException when the model tells no log-probabilities
    void weigh(List<Choice> choices, Listener<List<Likelihood>> listener);
}

package dev.caravan.eval;

import dev.caravan.config.Default;
import dev.caravan.generate.Sampling;
import java.util.List;
import java.util.Optional;

/// What a model has to do with a prompt, and how that is scored.
public sealed interface Scoring {
    /// The model writes, and a verifier judges.
    ///
    /// @param verifier its name
    /// @param expected what the verifier expects
    /// @param measure which part of the judgement is the score, such as `loose` of IFEval: a number, or truth
    ///     values that must all hold; absent: the verdict's own score
    /// @param maxTokens of an answer
    /// @param stop texts that end an answer
    /// @param temperature 0 is greedy
    /// @param samples answers an item
    /// @param passAt k of pass@k; the score of an item is then the chance that one of k answers is right
    record GenerationScoring(
            String verifier,
            RowTemplate expected,
            Optional<String> measure,
            int maxTokens,
            @Default("[]") List<String> stop,
            @Default("0") double temperature,
            @Default("1") double topP,
            @Default("1") int samples,
            Optional<Integer> passAt)
            implements Scoring {
        public GenerationScoring {
            require(samples >= 1, "samples must be positive, got " + samples);
            require(passAt.orElse(1) >= 1, "pass_at must be positive, got " + passAt.orElse(1));
            require(
                    passAt.orElse(1) <= samples,
                    "pass_at must not exceed samples, %d, got %d".formatted(samples, passAt.orElse(1)));
            stop = List.copyOf(stop);
        }

        GenerationScoring set(TaskSettings settings) {
            int wanted = settings.samples().orElse(samples);
            return new GenerationScoring(
                    verifier,
                    expected,
                    measure,
                    settings.maxTokens().orElse(maxTokens),
                    stop,
                    settings.temperature().orElse(temperature),
                    settings.temperature().orElse(temperature) == 0 ? 1 : topP,
                    wanted,
                    passAt.map(k -> Math.min(k, wanted)));
        }
    }

    /// The model weighs given answers by their log-probabilities.
    ///
    /// @param choices a JSON list of the answers
    /// @param gold the number of the right one, or a JSON list with 1 for every right one
    /// @param normalise by what a log-probability is divided or lessened
    /// @param measure what the score of an item is
    /// @param unconditional the prompt of the answers' own log-probabilities, for `normalise: unconditional`
    record ChoiceScoring(
            RowTemplate choices,
            RowTemplate gold,
            @Default("none") Normalisation normalise,
            @Default("accuracy") Measure measure,
            @Default("'Answer:'") String unconditional)
            implements Scoring {
        ChoiceScoring by(Normalisation other) {
            return new ChoiceScoring(choices, gold, other, measure, unconditional);
        }
    }

    /// The model writes, and a judge tells whether it prefers the answer to that of a baseline.
    ///
    /// @param instruction as the judge reads it
    /// @param baseline the answer to compare with
    /// @param reference what a good answer says, where the rows know it; empty text for none
    /// @param difficulty of the instruction, a number, for the length-controlled win rate; empty text for none
    /// @param similarity empty text unless nearness to the reference decides the item where an embedder is given
    /// @param maxTokens of an answer
    /// @param stop texts that end an answer
    /// @param temperature 0 is greedy
    record PreferenceScoring(
            RowTemplate instruction,
            RowTemplate baseline,
            @Default("''") RowTemplate reference,
            @Default("''") RowTemplate difficulty,
            @Default("''") RowTemplate similarity,
            int maxTokens,
            @Default("[]") List<String> stop,
            @Default("0") double temperature)
            implements Scoring {
        public PreferenceScoring {
            stop = List.copyOf(stop);
        }

        PreferenceScoring set(TaskSettings settings) {
            return new PreferenceScoring(
                    instruction,
                    baseline,
                    reference,
                    difficulty,
                    similarity,
                    settings.maxTokens().orElse(maxTokens),
                    stop,
                    settings.temperature().orElse(temperature));
        }
    }

    /// How answers are written, where any are.
    ///
    /// @param samples answers an item
    record Writing(Sampling sampling, int samples) {}

    /// Empty where choices are weighed.
    default Optional<Writing> writing() {
        return switch (this) {
            case GenerationScoring g ->
                Optional.of(new Writing(sampling(g.maxTokens, g.temperature, g.topP, g.stop), g.samples));
            case PreferenceScoring p -> Optional.of(new Writing(sampling(p.maxTokens, p.temperature, 1, p.stop), 1));
            case ChoiceScoring _ -> Optional.empty();
        };
    }

    private static Sampling sampling(int maxTokens, double temperature, double topP, List<String> stop) {
        return new Sampling(maxTokens, temperature, 0, topP, 0, 1, stop, false);
    }

    /// What the log-probabilities of answers of different length are compared by.
    enum Normalisation {
        /// The sum over the tokens.
        NONE,
        /// The sum by character of the answer, delimiter not counted.
        CHARACTERS,
        /// The sum by token.
        TOKENS,
        /// The sum less that of the answer after a prompt that asks nothing.
        UNCONDITIONAL
    }

    /// The score of an item with choices.
    enum Measure {
        /// 1 when the likeliest answer is right.
        ACCURACY,
        /// The share of the probability of all answers that falls on right ones.
        MASS
    }

    default Scoring with(TaskSettings settings) {
        return switch (this) {
            case GenerationScoring generation -> generation.set(settings);
            case PreferenceScoring preference -> preference.set(settings);
            case ChoiceScoring choice -> settings.normalise().map(choice::by).orElse(choice);
        };
    }

    private static void require(boolean holds, String rule) {
        if (!holds) throw new IllegalArgumentException(rule);
    }
}

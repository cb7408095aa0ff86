package dev.caravan.generate;

import java.util.List;

/// How tokens are drawn. The settings act in this order: repetition penalty, temperature, top-k, top-p, min-p.
///
/// @param maxTokens tokens a completion may have at most
/// @param temperature divides the logits; 0 takes the likeliest token
/// @param topK only the k likeliest tokens; 0 means all
/// @param topP only the likeliest tokens that together reach this probability; 1 means all
/// @param minP only tokens at least this likely relative to the likeliest; 0 means all
/// @param repetitionPenalty divides positive and multiplies negative logits of tokens seen before; 1 means none
/// @param stop texts that end a completion and are cut off it
/// @param ignoreEnd draw on after an end token, to `maxTokens`
public record Sampling(
        int maxTokens,
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        List<String> stop,
        boolean ignoreEnd) {
    public Sampling {
        check(maxTokens > 0, "max_tokens must be positive, got " + maxTokens);
        check(temperature >= 0, "temperature must not be negative, got " + temperature);
        check(topK >= 0, "top_k must not be negative, got " + topK);
        check(topP > 0 && topP <= 1, "top_p must lie in (0, 1], got " + topP);
        check(minP >= 0 && minP <= 1, "min_p must lie in [0, 1], got " + minP);
        check(repetitionPenalty > 0, "repetition_penalty must be positive, got " + repetitionPenalty);
        stop = List.copyOf(stop);
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /// The likeliest token each time.
    public static Sampling greedy(int maxTokens) {
        return new Sampling(maxTokens, 0, 0, 1, 0, 1, List.of(), false);
    }

    /// The model's own distribution at a temperature.
    public static Sampling at(double temperature, int maxTokens) {
        return new Sampling(maxTokens, temperature, 0, 1, 0, 1, List.of(), false);
    }

    public boolean isGreedy() {
        return temperature == 0;
    }

    /// The divisor of the logits under which log-probabilities are reported: greedy ones are the model's own.
    public double logProbTemperature() {
        return isGreedy() ? 1 : temperature;
    }
}

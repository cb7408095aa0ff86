package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Endpoint;
import dev.caravan.generate.Sampling;
import dev.caravan.judge.Aspect;
import dev.caravan.judge.Judge;
import java.util.List;
import java.util.Optional;

/// A model that rates answers, each aspect by itself on a scale from 1 to 5.
///
/// @param model that rates; or else `endpoint`
/// @param endpoint that rates
/// @param aspects that are rated; the mean decides
/// @param temperature of what the judge writes
/// @param maxTokens tokens of a reply at most
/// @param template how messages become text for a model: `own`, `tulu` or a file
/// @param batch replies that a model writes at a time
public record JudgeSettings(
        Optional<Reference> model,
        Optional<Endpoint> endpoint,

        @Default("[helpfulness, honesty, instruction-following, truthfulness]")
        List<Aspect> aspects,

        @Default("0") double temperature,
        @Default("1024") int maxTokens,
        @Default("own") String template,
        @Default("16") int batch) {
    public JudgeSettings {
        new Answering("model", model, endpoint, template, batch);
        Rules.positive("batch", batch);
        Sampling.at(temperature, maxTokens);
        if (aspects.isEmpty()) throw new IllegalArgumentException("aspects must name at least one");
    }

    /// @param key of the model, for messages
    Answering answering(String key) {
        return new Answering(key, model, endpoint, template, batch);
    }

    Judge judge(ChatModel open, long seed) {
        return new Judge(open, aspects, Optional.empty(), Sampling.at(temperature, maxTokens), seed);
    }
}

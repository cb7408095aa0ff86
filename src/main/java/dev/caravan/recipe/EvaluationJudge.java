package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.generate.Endpoint;
import java.util.Optional;

/// Who decides what verifiers cannot: which of two answers is better; and, in place of a verifier that goes by words,
/// whether an answer refuses.
///
/// @param model that decides; or else `endpoint`
/// @param endpoint that decides
/// @param template how messages become text for a model: `own`, `tulu` or a file
/// @param batch replies that a model writes at a time
public record EvaluationJudge(
        Optional<Reference> model,
        Optional<Endpoint> endpoint,
        @Default("own") String template,
        @Default("16") int batch) {
    public EvaluationJudge {
        new Answering("model", model, endpoint, template, batch);
        Rules.positive("batch", batch);
    }

    Answering answering() {
        return new Answering("judge.model", model, endpoint, template, batch);
    }
}

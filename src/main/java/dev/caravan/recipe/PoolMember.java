package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.generate.Endpoint;
import java.util.Optional;
import java.util.stream.Stream;

/// Who may answer beside the policy: a model, an endpoint, or rows that have answers already.
///
/// @param name as pairs tell who wrote an answer
/// @param model that answers; or else `endpoint`, or `answers`
/// @param endpoint that answers
/// @param answers conversations; of those that ask the very same, the first one's last turn is the answer
/// @param template how messages become text for a model: `own`, `tulu` or a file
/// @param batch answers that a model writes at a time
public record PoolMember(
        String name,
        Optional<Reference> model,
        Optional<Endpoint> endpoint,
        Optional<Reference> answers,
        @Default("own") String template,
        @Default("64") int batch) {
    public PoolMember {
        if (name.isBlank()) throw new IllegalArgumentException("name must not be empty");
        long given =
                Stream.of(model, endpoint, answers).filter(Optional::isPresent).count();
        if (given != 1) {
            throw new IllegalArgumentException("one of model, endpoint and answers must be given, got "
                    + (given == 0 ? "none" : given + " of them"));
        }
        Rules.positive("batch", batch);
    }

    /// @param key of this member, such as `pool[0]`
    Optional<Input> input(String key) {
        return answers.map(reference -> new Input(key + ".answers", reference, Artifact.CONVERSATIONS))
                .or(() -> model.map(reference -> new Input(key + ".model", reference, Artifact.MODEL)));
    }

    /// Who writes its answers; nobody does where it has them.
    Optional<Answering> answering(String key) {
        return answers.isPresent()
                ? Optional.empty()
                : Optional.of(new Answering(key + ".model", model, endpoint, template, batch));
    }
}

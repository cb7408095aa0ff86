package dev.caravan.recipe;

import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Endpoint;
import dev.caravan.generate.EndpointModel;
import dev.caravan.generate.KeptModel;
import dev.caravan.generate.LocalModel;
import dev.caravan.tensor.Precision;
import java.nio.file.Path;
import java.util.Optional;

/// Who answers in a stage: the `model:` or the `endpoint:` of its settings.
///
/// @param key of the model, for messages
record Answering(String key, Optional<Reference> model, Optional<Endpoint> endpoint, String template, int batch) {
    static final int KEPT_BATCHES = 8; // between them an answer waits for the last of its portion

    Answering {
        if (model.isPresent() == endpoint.isPresent()) {
            throw new IllegalArgumentException(
                    (model.isPresent() ? "endpoint and model are both given" : "model is missing, and endpoint is too")
                            + "; one of the two answers");
        }
    }

    /// The model as an input, where it is one of this machine.
    Optional<Input> input() {
        return model.map(reference -> new Input(key, reference, Artifact.MODEL));
    }

    /// Opens it; whoever asks closes it. No answer is written again by a run that goes on after a kill.
    ChatModel open(StageRun run) {
        return endpoint.<ChatModel>map(there -> EndpointModel.open(there, System.getenv(), run.store(), run.answers()))
                .orElseGet(() -> local(run));
    }

    private ChatModel local(StageRun run) {
        Precision precision = Engines.start(run);
        Input input = input().orElseThrow();
        var source = LoadedModel.open(run.input(input), template);
        var model = new LocalModel(input.reference().text(), source.frozen(precision), source.contract(), batch);
        Path kept = run.scratch().resolve("answers-" + key.replaceAll("[^a-z0-9]+", "-") + ".jsonl");
        return new KeptModel(model, run.store(), kept, KEPT_BATCHES * batch);
    }
}

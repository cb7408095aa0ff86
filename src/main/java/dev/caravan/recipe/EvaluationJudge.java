package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.curate.Embedder;
import dev.caravan.curate.Embedders;
import dev.caravan.eval.Judging;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Endpoint;
import dev.caravan.judge.RefusalLabels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who decides what verifiers cannot: which of two answers is better; and, in place of a verifier that goes by
/// words, whether an answer refuses.
///
/// @param model that decides; or else `endpoint`
/// @param endpoint that decides
/// @param template how messages become text for a model: `own`, `tulu` or a file
/// @param batch replies that a model writes at a time
/// @param prompts a folder with files that take the place of our prompts of their name, such as `classifier.txt`
/// @param classifier the labels of a classifier of refusals, which is asked by `classifier.txt` and replies with
///     lines `label: word`; absent: the judge is asked for one word, by `refusal.txt`
/// @param embedder whose vectors decide the preferences that a task leaves to similarity, by its name, such as
///     `minilm`; absent: the judge does
public record EvaluationJudge(
        Optional<Reference> model,
        Optional<Endpoint> endpoint,
        @Default("own") String template,
        @Default("16") int batch,
        Optional<Reference> prompts,
        Optional<RefusalLabels> classifier,
        Optional<String> embedder) {
    public EvaluationJudge {
        new Answering("model", model, endpoint, template, batch);
        Rules.positive("batch", batch);
    }

    List<Input> inputs() {
        return Stream.concat(answering().input().stream(), promptFiles().stream())
                .toList();
    }

    private Optional<Input> promptFiles() {
        return prompts.map(reference -> new Input("judge.prompts", reference, Artifact.PROMPT_FILES));
    }

    /// Whoever opens it closes its model.
    Judging open(StageRun run) {
        Optional<Embedder> vectors = embedder.map(Embedders::named);
        ChatModel open = answering().open(run);
        return new Judging(open, promptFiles().map(run::input), classifier, vectors);
    }

    private Answering answering() {
        return new Answering("judge.model", model, endpoint, template, batch);
    }
}

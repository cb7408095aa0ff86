package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import dev.caravan.data.Rollout;
import dev.caravan.data.Verdict;
import dev.caravan.generate.Sampling;
import dev.caravan.io.JsonLines;
import dev.caravan.judge.PairSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// On-policy preference pairs: the model answers each prompt several times, the verifier judges, and a right answer
/// is paired with a wrong one ([section 5.2](https://arxiv.org/abs/2411.15124), with a verifier as the judge).
///
/// @param out the stage's name
/// @param model that answers
/// @param data prompts with checks
/// @param prompts how many prompts to use, the first ones; absent: all
/// @param samples answers to each prompt
/// @param temperature of the answers
/// @param maxTokens tokens of an answer at most
/// @param template how messages become text: `own`, `tulu` or a file
/// @param batch answers written at a time; changes speed and memory
public record PreferencesStage(
        String out,
        Reference model,
        Reference data,
        java.util.Optional<Integer> prompts,
        @Default("4") int samples,
        @Default("1") double temperature,
        @Default("512") int maxTokens,
        @Default("own") String template,
        @Default("64") int batch)
        implements Stage {
    public PreferencesStage {
        prompts.ifPresent(count -> Rules.positive("prompts", count));
        Rules.positive("samples", samples - 1);
        Rules.positive("temperature", temperature);
        Rules.positive("max_tokens", maxTokens);
        Rules.positive("batch", batch);
    }

    @Override
    public List<Input> inputs() {
        return List.of(answering(), questions());
    }

    private Input answering() {
        return new Input("model", model, Artifact.MODEL);
    }

    private Input questions() {
        return new Input("data", data, Artifact.PROMPTS);
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.PAIRS);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void run(StageRun run) {
        var precision = Engines.start(run);
        List<Prompt> chosen = DataRows.checkedPrompts(run, run.input(questions()), prompts.orElse(Integer.MAX_VALUE));
        DataRows.requireSome(chosen.size(), run, out);
        var source = LoadedModel.open(run.input(answering()), template);
        List<Rollout> rollouts;
        try (var policy = source.frozen(precision)) {
            var answers = new Answers(source, policy, batch, run.interrupt());
            rollouts = answers.to(chosen, samples, Sampling.at(temperature, maxTokens), run.seed(), run.progress());
        }
        var pairs = new ArrayList<PreferencePair>();
        for (Rollout rollout : rollouts) {
            run.counts().note("answers not verifiable, left out", unverifiable(rollout));
            switch (PairSelection.of(rollout, run.seed())) {
                case PairSelection.Selected(var pair) -> pairs.add(pair);
                case PairSelection.None(var reason) -> run.counts().reject(reason);
            }
        }
        run.counts().out(pairs.size());
        DataRows.requireSome(pairs.size(), run, out);
        JsonLines.write(run.store(), run.folder().resolve(Artifact.PAIRS.file()), pairs.stream());
    }

    private static long unverifiable(Rollout rollout) {
        return rollout.verdicts().stream()
                .filter(Verdict.Failed.class::isInstance)
                .count();
    }
}

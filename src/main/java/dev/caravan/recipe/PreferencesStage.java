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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// On-policy preference pairs: the model answers each prompt several times, and a better answer is paired with a worse
/// one ([section 5.2](https://arxiv.org/abs/2411.15124)). The prompts' verifiers decide, or a judge rates the answers;
/// `ratings.jsonl` then has what it said.
///
/// @param out the stage's name
/// @param model that answers
/// @param data prompts, with checks where no judge is named
/// @param judge a model that rates the answers; absent: the prompts' verifiers decide
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
        Optional<JudgeSettings> judge,
        Optional<Integer> prompts,
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
        return Stream.concat(
                        Stream.of(answering(), questions()),
                        judge
                                .flatMap(settings ->
                                        settings.answering("judge.model").input())
                                .stream())
                .toList();
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
        int most = prompts.orElse(Integer.MAX_VALUE);
        List<Prompt> chosen = judge.isPresent()
                ? DataRows.prompts(run, run.input(questions()), most)
                : DataRows.checkedPrompts(run, run.input(questions()), most);
        DataRows.requireSome(chosen.size(), run, out);
        List<Rollout> rollouts = rollouts(run, chosen);
        var pairs = new ArrayList<PreferencePair>();
        List<PairSelection> selections = selections(run, rollouts);
        for (int i = 0; i < selections.size(); i++) {
            switch (selections.get(i)) {
                case PairSelection.Selected(var pair) -> pairs.add(pair);
                case PairSelection.None(var reason) ->
                    run.leaveOut(chosen.get(i).id(), "pairs", reason);
            }
        }
        run.counts().out(pairs.size());
        DataRows.requireSome(pairs.size(), run, out);
        JsonLines.write(run.store(), run.folder().resolve(Artifact.PAIRS.file()), pairs.stream());
    }

    private List<Rollout> rollouts(StageRun run, List<Prompt> chosen) {
        var precision = Engines.start(run);
        var source = LoadedModel.open(run.input(answering()), template);
        try (var policy = source.frozen(precision)) {
            var answers = new Answers(source, policy, batch, run.interrupt());
            return answers.to(chosen, samples, Sampling.at(temperature, maxTokens), run.seed(), run.progress());
        }
    }

    private List<PairSelection> selections(StageRun run, List<Rollout> rollouts) {
        if (judge.isPresent()) return new JudgedPairs(judge.get(), run).of(rollouts);
        rollouts.forEach(rollout -> run.counts().note("answers not verifiable, left out", unverifiable(rollout)));
        return rollouts.stream()
                .map(rollout -> PairSelection.of(rollout, run.seed()))
                .toList();
    }

    private static long unverifiable(Rollout rollout) {
        return rollout.verdicts().stream()
                .filter(Verdict.Failed.class::isInstance)
                .count();
    }
}

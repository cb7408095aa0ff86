package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.data.Completion;
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
import java.util.stream.IntStream;

/// Preference pairs: the model answers each prompt several times, and a better answer is paired with a worse one
/// ([section 5.2](https://arxiv.org/abs/2411.15124)). The prompts' verifiers decide, or a judge rates the answers;
/// `ratings.jsonl` then has what it said.
///
/// With a `pool` some answers are off-policy: of others, drawn for each prompt anew. The paper's off-policy pairs are
/// `samples: 0, drawn: 4` of a pool of 22 models; its on-policy ones are `samples: 1, drawn: 1`. Each pair then tells
/// who wrote its answers.
///
/// @param out the stage's name
/// @param model the policy, which answers; absent: only the pool does
/// @param data prompts, with checks where no judge is named
/// @param judge a model that rates the answers; absent: the prompts' verifiers decide
/// @param prompts how many prompts to use, the first ones; absent: all
/// @param samples answers of the policy to each prompt; 0 where only the pool answers
/// @param pool who else may answer
/// @param drawn how many of the pool answer each prompt, once each
/// @param temperature of the answers
/// @param maxTokens tokens of an answer at most
/// @param template how messages become text: `own`, `tulu` or a file
/// @param batch answers written at a time; changes speed and memory
public record PreferencesStage(
        String out,
        Optional<Reference> model,
        Reference data,
        Optional<JudgeSettings> judge,
        Optional<Integer> prompts,
        @Default("4") int samples,
        @Default("[]") List<PoolMember> pool,
        @Default("1") int drawn,
        @Default("1") double temperature,
        @Default("512") int maxTokens,
        @Default("own") String template,
        @Default("64") int batch)
        implements Stage {
    public PreferencesStage {
        prompts.ifPresent(count -> Rules.positive("prompts", count));
        pool = List.copyOf(pool);
        requireWriters(model, samples, pool, drawn);
        Rules.positive("temperature", temperature);
        Rules.positive("max_tokens", maxTokens);
        Rules.positive("batch", batch);
    }

    private static void requireWriters(Optional<Reference> model, int samples, List<PoolMember> pool, int drawn) {
        if (samples < 0) throw new IllegalArgumentException("samples must not be negative, got " + samples);
        if (model.isPresent() == (samples == 0)) {
            throw new IllegalArgumentException(
                    samples == 0 ? "model is given, but samples is 0; leave one of them out" : "model is missing");
        }
        Rules.positive("drawn", drawn);
        if (drawn > Math.max(1, pool.size())) {
            throw new IllegalArgumentException(
                    "drawn must be at most the size of the pool, %d, got %d".formatted(pool.size(), drawn));
        }
        if (samples + (pool.isEmpty() ? 0 : drawn) < 2) {
            throw new IllegalArgumentException("a pair needs two answers: raise samples or drawn, or give a pool");
        }
        if (pool.stream().map(PoolMember::name).distinct().count() < pool.size()) {
            throw new IllegalArgumentException("the names in pool must differ");
        }
    }

    @Override
    public List<Input> inputs() {
        var inputs = new ArrayList<Input>();
        policy().flatMap(Answering::input).ifPresent(inputs::add);
        inputs.add(questions());
        for (int i = 0; i < pool.size(); i++) {
            pool.get(i).input(Candidates.key(i)).ifPresent(inputs::add);
        }
        judge.flatMap(settings -> settings.answering("judge.model").input()).ifPresent(inputs::add);
        return inputs;
    }

    private Optional<Answering> policy() {
        return model.map(_ -> new Answering("model", model, Optional.empty(), template, batch));
    }

    private Input questions() {
        return new Input("data", data, Artifact.PROMPTS);
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.PAIRS);
    }

    @Override
    public boolean asksVerifiers() {
        return true;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void run(StageRun run) {
        int most = prompts.orElse(Integer.MAX_VALUE);
        List<Prompt> chosen = judge.isPresent()
                ? DataRows.prompts(run, run.input(questions()), most)
                : DataRows.checkedPrompts(run, run.input(questions()), most);
        DataRows.requireSome(chosen.size(), run, out);
        List<List<Candidates.Candidate>> candidates = candidates(run, chosen);
        List<Rollout> rollouts = rollouts(chosen, candidates);
        var pairs = new ArrayList<PreferencePair>();
        List<PairSelection> selections = selections(run, rollouts);
        for (int i = 0; i < selections.size(); i++) {
            switch (selections.get(i)) {
                case PairSelection.Selected(var pair) ->
                    pairs.add(pool.isEmpty() ? pair : told(pair, candidates.get(i)));
                case PairSelection.None(var reason) ->
                    run.leaveOut(chosen.get(i).id(), "pairs", reason);
            }
        }
        run.counts().out(pairs.size());
        DataRows.requireSome(pairs.size(), run, out);
        JsonLines.write(run.store(), run.folder().resolve(Artifact.PAIRS.file()), pairs.stream());
    }

    private List<List<Candidates.Candidate>> candidates(StageRun run, List<Prompt> chosen) {
        var candidates = new Candidates(run, Sampling.at(temperature, maxTokens), chosen);
        policy().ifPresent(policy -> candidates.addPolicy(policy, samples));
        candidates.addPool(pool, drawn);
        return candidates.found();
    }

    private List<Rollout> rollouts(List<Prompt> chosen, List<List<Candidates.Candidate>> candidates) {
        return IntStream.range(0, chosen.size())
                .mapToObj(i -> rollout(chosen.get(i), candidates.get(i)))
                .toList();
    }

    private Rollout rollout(Prompt prompt, List<Candidates.Candidate> candidates) {
        List<Completion> completions = candidates.stream()
                .map(candidate -> candidate.answer())
                .map(answer -> new Completion(new int[0], answer.text(), new float[0], answer.finish()))
                .toList();
        return new Rollout(prompt, completions, Verdicts.verified(prompt, completions));
    }

    /// The pair with who wrote its answers; of several who wrote the same, the first.
    private static PreferencePair told(PreferencePair pair, List<Candidates.Candidate> candidates) {
        return pair.withBecause("%s; chosen by %s, rejected by %s"
                .formatted(pair.because(), writer(candidates, pair.chosen()), writer(candidates, pair.rejected())));
    }

    private static String writer(List<Candidates.Candidate> candidates, String text) {
        return candidates.stream()
                .filter(candidate -> candidate.answer().text().equals(text))
                .map(Candidates.Candidate::writer)
                .findFirst()
                .orElseThrow();
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

package dev.caravan.recipe;

import dev.caravan.data.Check;
import dev.caravan.data.Completion;
import dev.caravan.data.Prompt;
import dev.caravan.data.Rollout;
import dev.caravan.data.Verdict;
import dev.caravan.generate.Watch;
import dev.caravan.judge.Judge;
import dev.caravan.judge.JudgeVerifier;
import dev.caravan.verify.Judgement;
import dev.caravan.verify.Verifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The verdicts on answers: of the verifier that a prompt's check names, or of a judge where it names `judge` or
/// `rubric`. A judge whose reply cannot be read gives no verdict.
///
/// @param watch told how far the judge is
record Verdicts(Optional<Judge> judge, Watch watch) {
    /// What a judge decides.
    static Optional<JudgeVerifier.Kind> judged(Prompt prompt) {
        return prompt.check().flatMap(check -> JudgeVerifier.Kind.named(check.verifier()));
    }

    /// @param completions those of each prompt
    List<Rollout> on(List<Prompt> prompts, List<List<Completion>> completions) {
        var verdicts = new ArrayList<List<Verdict>>();
        for (int i = 0; i < prompts.size(); i++) verdicts.add(verified(prompts.get(i), completions.get(i)));
        for (var kind : JudgeVerifier.Kind.values()) judge(kind, prompts, completions, verdicts);
        return IntStream.range(0, prompts.size())
                .mapToObj(i -> new Rollout(prompts.get(i), completions.get(i), verdicts.get(i)))
                .toList();
    }

    /// Those of verifiers alone.
    static List<Verdict> verified(Prompt prompt, List<Completion> completions) {
        return completions.stream()
                .map(completion -> verdict(prompt, completion))
                .toList();
    }

    private static Verdict verdict(Prompt prompt, Completion completion) {
        if (prompt.check().isEmpty()) return new Verdict.Failed("the prompt has no check");
        Check check = prompt.check().get();
        if (judged(prompt).isPresent()) return new Verdict.Failed("a judge decides it, and there is none");
        return Verifiers.named(check.verifier()).verify(completion.text(), check.expected());
    }

    /// Puts the judge's verdicts in their places, all answers of its kind asked for together.
    private void judge(
            JudgeVerifier.Kind kind,
            List<Prompt> prompts,
            List<List<Completion>> completions,
            List<List<Verdict>> verdicts) {
        int[] places = IntStream.range(0, prompts.size())
                .filter(i -> judged(prompts.get(i)).equals(Optional.of(kind)))
                .toArray();
        if (judge.isEmpty() || places.length == 0) return;
        var given = new ArrayList<JudgeVerifier.Given>();
        for (int i : places) given.addAll(given(prompts.get(i), completions.get(i)));
        List<Judgement> judgements = new JudgeVerifier(judge.get(), kind).judge(given, watch);
        int next = 0;
        for (int i : places) {
            int end = next + completions.get(i).size();
            verdicts.set(
                    i,
                    judgements.subList(next, end).stream()
                            .map(Judgement::verdict)
                            .toList());
            next = end;
        }
    }

    private static List<JudgeVerifier.Given> given(Prompt prompt, List<Completion> completions) {
        String expected = prompt.check().orElseThrow().expected();
        return completions.stream()
                .map(completion -> new JudgeVerifier.Given(completion.text(), expected, prompt.messages()))
                .toList();
    }
}

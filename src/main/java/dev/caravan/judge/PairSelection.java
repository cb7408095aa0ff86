package dev.caravan.judge;

import dev.caravan.data.Completion;
import dev.caravan.data.KeyedRandom;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Rollout;
import dev.caravan.data.Verdict;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What becomes of a rollout when preference pairs are made from verdicts: a pair, or the reason why there is none.
///
/// The rule is the binarisation of [Tülu 3](https://arxiv.org/abs/2411.15124), section 5.2, with ties left out:
/// chosen is a correct completion, rejected is drawn evenly from those with a lower score. Completions that the
/// verifier could not judge take no part.
public sealed interface PairSelection {
    record Selected(PreferencePair pair) implements PairSelection {}

    /// @param reason `all correct`, `none correct` or `no verdicts`: a key to count by
    record None(String reason) implements PairSelection {}

    /// @param seed the draws depend on it and on the prompt's id alone
    static PairSelection of(Rollout rollout, long seed) {
        List<Judged> judged = Judged.of(rollout);
        List<Judged> correct = judged.stream().filter(Judged::correct).toList();
        List<Judged> lower = judged.stream().filter(one -> !one.correct()).toList();
        if (judged.isEmpty()) {
            return new None("no verdicts");
        }
        if (correct.isEmpty()) {
            return new None("none correct");
        }
        if (lower.isEmpty()) {
            return new None("all correct");
        }
        RandomGenerator random = KeyedRandom.of(seed, "pair", rollout.prompt().id());
        return new Selected(pair(rollout, pick(correct, random), pick(lower, random)));
    }

    private static PreferencePair pair(Rollout rollout, Judged chosen, Judged rejected) {
        return new PreferencePair(
                rollout.prompt().id(),
                rollout.prompt().source(),
                rollout.prompt().messages(),
                chosen.completion().text(),
                rejected.completion().text(),
                "chosen: %s; rejected: %s"
                        .formatted(
                                chosen.verdict().because(), rejected.verdict().because()));
    }

    private static Judged pick(List<Judged> candidates, RandomGenerator random) {
        return candidates.get(random.nextInt(candidates.size()));
    }

    /// A completion with the score it got.
    record Judged(Completion completion, Verdict.Scored verdict) {
        private static List<Judged> of(Rollout rollout) {
            return IntStream.range(0, rollout.completions().size())
                    .filter(i -> rollout.verdicts().get(i) instanceof Verdict.Scored)
                    .mapToObj(i -> new Judged(rollout.completions().get(i), (Verdict.Scored)
                            rollout.verdicts().get(i)))
                    .toList();
        }

        private boolean correct() {
            return verdict.correct();
        }
    }
}

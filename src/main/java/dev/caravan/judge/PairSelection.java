package dev.caravan.judge;

import dev.caravan.data.Completion;
import dev.caravan.data.KeyedRandom;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import dev.caravan.data.Rollout;
import dev.caravan.data.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What becomes of a rollout when preference pairs are made: a pair, or the reason why there is none.
///
/// The rule is the binarisation of [Tülu 3](https://arxiv.org/abs/2411.15124), section 5.2, with ties left out:
/// chosen is a correct completion, rejected is drawn evenly from those with a lower score. Completions that the
/// verifier could not judge take no part.
public sealed interface PairSelection {
    record Selected(PreferencePair pair) implements PairSelection {}

    /// @param reason `all correct`, `none correct` or `no verdicts`, and the like: a key to count by
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

    /// The same rule for texts that a judge has rated: chosen has the highest mean, rejected is drawn evenly from those
    /// with a lower one. Texts without a mean take no part.
    ///
    /// @param means of the texts, in their order
    static PairSelection of(Prompt prompt, List<String> texts, List<OptionalDouble> means, long seed) {
        List<Integer> rated = IntStream.range(0, texts.size())
                .filter(i -> means.get(i).isPresent())
                .boxed()
                .toList();
        if (rated.isEmpty()) return new None("no ratings");
        double best = rated.stream()
                .mapToDouble(i -> means.get(i).orElseThrow())
                .max()
                .orElseThrow();
        List<Integer> highest =
                rated.stream().filter(i -> means.get(i).orElseThrow() == best).toList();
        List<Integer> lower =
                rated.stream().filter(i -> means.get(i).orElseThrow() < best).toList();
        if (lower.isEmpty()) return new None("all rated alike");
        RandomGenerator random = KeyedRandom.of(seed, "pair", prompt.id());
        int chosen = highest.get(random.nextInt(highest.size()));
        int rejected = lower.get(random.nextInt(lower.size()));
        double worse = means.get(rejected).orElseThrow();
        return new Selected(new PreferencePair(
                prompt.id(),
                prompt.source(),
                prompt.messages(),
                texts.get(chosen),
                texts.get(rejected),
                String.format(Locale.ROOT, "mean ratings %.2f and %.2f, margin %.2f", best, worse, best - worse)));
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

package dev.caravan.recipe;

import dev.caravan.data.Completion;
import dev.caravan.data.Prompt;
import dev.caravan.data.Rollout;
import dev.caravan.data.Verdict;
import dev.caravan.generate.Sampling;
import dev.caravan.io.Interrupt;
import dev.caravan.io.Progress;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Scorer;
import dev.caravan.model.Sequence;
import dev.caravan.model.ValueModel;
import dev.caravan.train.KlEstimator;
import dev.caravan.train.MetricSums;
import dev.caravan.train.Trajectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The rollouts of an iteration and what is known of them before the update: verdicts, scores, log-probabilities
/// under policy and reference, values.
final class Rollouts {
    static final String LOG = "rollouts.jsonl";
    private static final int LOGGED_PROMPTS = 4;

    private final RlvrStage stage;
    private final LoadedModel source;
    private final CausalLm policy;
    private final CausalLm reference;
    private final Optional<ValueModel> values;
    private final Answers answers;
    private final Scorer scorer;

    Rollouts(
            RlvrStage stage,
            LoadedModel source,
            CausalLm policy,
            CausalLm reference,
            Optional<ValueModel> values,
            Verdicts verdicts) {
        this.stage = stage;
        this.source = source;
        this.policy = policy;
        this.reference = reference;
        this.values = values;
        answers = new Answers(source, policy, stage.batch(), Interrupt.NEVER, verdicts);
        scorer = new Scorer(stage.microBatchTokens());
    }

    List<Rollout> answers(List<Prompt> prompts, Sampling sampling, long seed, Progress progress) {
        return answers.to(distinct(prompts), stage.advantage().groupSize(), sampling, seed, progress);
    }

    /// The same prompt twice in an iteration gets draws of its own each time.
    private static List<Prompt> distinct(List<Prompt> prompts) {
        var seen = new LinkedHashMap<String, Integer>();
        return prompts.stream()
                .map(p -> {
                    int times = seen.merge(p.id(), 1, Integer::sum);
                    return times == 1 ? p : p.withId(p.id() + "#" + times);
                })
                .toList();
    }

    /// A completion that a verifier has judged.
    private record Judged(
            int group, Prompt prompt, int sample, Completion completion, Verdict.Scored verdict, double score) {
        boolean ended(LoadedModel source) {
            int[] ids = completion.ids();
            return source.endTokens().contains(ids[ids.length - 1]);
        }
    }

    Batch trajectories(List<Rollout> rollouts) {
        var judged = new ArrayList<Judged>();
        int failed = 0;
        for (int group = 0; group < rollouts.size(); group++) {
            Rollout rollout = rollouts.get(group);
            for (int sample = 0; sample < rollout.completions().size(); sample++) {
                Completion completion = rollout.completions().get(sample);
                if (rollout.verdicts().get(sample) instanceof Verdict.Scored verdict) {
                    judged.add(new Judged(
                            group, rollout.prompt(), sample, completion, verdict, score(completion, verdict)));
                } else {
                    failed++;
                }
            }
        }
        return new Batch(rollouts, judged, ofJudged(judged), failed);
    }

    private double score(Completion completion, Verdict.Scored verdict) {
        int[] ids = completion.ids();
        boolean ended = source.endTokens().contains(ids[ids.length - 1]);
        double paid = stage.reward() * verdict.score();
        return ended ? paid : stage.noEndReward().orElse(paid);
    }

    private List<Trajectory> ofJudged(List<Judged> judged) {
        var prompts = new ArrayList<int[]>();
        var groups = new ArrayList<List<Sequence>>();
        int last = -1;
        for (Judged j : judged) {
            if (j.group() != last) {
                groups.add(new ArrayList<>());
                prompts.add(source.contract().prompt(j.prompt().messages()));
                last = j.group();
            }
            groups.getLast().add(Sequence.of(prompts.getLast(), j.completion().ids()));
        }
        List<float[]> old = scorer.logProbs(policy, groups, stage.temperature());
        List<float[]> references = scorer.logProbs(reference, groups, stage.temperature());
        List<Trajectory> bare = bare(judged, groups, old, references);
        return values.map(model -> valued(model, groups, bare)).orElse(bare);
    }

    private List<Trajectory> bare(
            List<Judged> judged, List<List<Sequence>> groups, List<float[]> old, List<float[]> references) {
        var sequences = groups.stream().flatMap(List::stream).toList();
        var bare = new ArrayList<Trajectory>();
        for (int i = 0; i < judged.size(); i++) {
            Judged j = judged.get(i);
            int[] completion = j.completion().ids();
            int[] ids = sequences.get(i).ids();
            bare.add(new Trajectory(
                    j.prompt().id() + "/" + j.sample(),
                    j.group(),
                    java.util.Arrays.copyOf(ids, ids.length - completion.length),
                    completion,
                    j.ended(source),
                    stage.maxTokens(),
                    j.score(),
                    old.get(i),
                    j.completion().logprobs(),
                    references.get(i),
                    new float[0]));
        }
        return bare;
    }

    private List<Trajectory> valued(ValueModel model, List<List<Sequence>> groups, List<Trajectory> bare) {
        int[] first = bare.stream().mapToInt(t -> t.prompt().length - 1).toArray();
        int[] count = bare.stream().mapToInt(Trajectory::steps).toArray();
        List<float[]> found = scorer.values(model, groups, first, count);
        var valued = new ArrayList<Trajectory>();
        for (int i = 0; i < bare.size(); i++) {
            valued.add(bare.get(i).withValues(found.get(i)));
        }
        return valued;
    }

    /// An iteration's trajectories, with what to report of them.
    record Batch(List<Rollout> rollouts, List<Judged> judged, List<Trajectory> trajectories, int failed) {
        long tokens() {
            return trajectories.stream().mapToLong(t -> t.completion().length).sum();
        }

        MetricSums metrics() {
            var metrics = new MetricSums();
            double largest = 0;
            for (int i = 0; i < judged.size(); i++) {
                Judged j = judged.get(i);
                Trajectory t = trajectories.get(i);
                largest = Math.max(largest, difference(j.completion().logprobs(), t.oldLogps()));
                metrics.add("reward", t.score(), 1)
                        .add("correct", j.verdict().score(), 1)
                        .add("kl", t.divergence(), 1)
                        .add("kl_k3", t.divergence(KlEstimator.K3), 1)
                        .add("entropy", -mean(t.oldLogps()), 1)
                        .add("length", t.completion().length, 1)
                        .add("ended", t.ended() ? 1 : 0, 1);
            }
            return metrics.add("unverifiable", failed, 1).add("logprob_difference", largest, 1);
        }

        private static double mean(float[] values) {
            double sum = 0;
            for (float v : values) {
                sum += v;
            }
            return sum / values.length;
        }

        /// The largest difference between what the sampler and the trainer's forward pass say of the same tokens.
        private static double difference(float[] rollout, float[] training) {
            double largest = 0;
            for (int t = 0; t < rollout.length; t++) {
                largest = Math.max(largest, Math.abs((double) rollout[t] - training[t]));
            }
            return largest;
        }

        /// A few rollouts of the iteration, for people to read.
        void log(long step, Consumer<Map<String, Object>> log) {
            for (int i = 0; i < judged.size() && judged.get(i).group() < LOGGED_PROMPTS; i++) {
                Judged j = judged.get(i);
                var row = new LinkedHashMap<String, Object>();
                row.put("step", step);
                row.put("id", trajectories.get(i).id());
                row.put("prompt", j.prompt().messages().getLast().content());
                row.put("completion", j.completion().text());
                row.put("verdict", j.verdict().correct() ? "correct" : "wrong");
                row.put("reward", j.score());
                row.put("because", j.verdict().because());
                log.accept(row);
            }
        }
    }
}

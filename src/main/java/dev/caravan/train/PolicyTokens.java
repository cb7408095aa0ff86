package dev.caravan.train;

import dev.caravan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The completion tokens of some trajectories one after the other, with what the policy loss needs of each. Arrays
/// are `[tokens]`.
///
/// @param lengths tokens of each trajectory
/// @param weights what each token counts in the mean
/// @param corrections what each token's policy loss is multiplied by, for the generator's sake
/// @param truncated how many of the corrections were cut to their bounds
record PolicyTokens(
        float[] old,
        float[] generation,
        float[] reference,
        float[] advantages,
        float[] weights,
        float[] corrections,
        List<Integer> lengths,
        MetricSums truncated) {
    /// @param weights of a token of each member
    /// @param importance what corrects for the generator; absent: nothing
    static PolicyTokens of(
            Experience experience, List<Integer> members, double[] weights, Optional<ImportanceWeight> importance) {
        int count = members.stream()
                .mapToInt(i -> experience.trajectories().get(i).tokens())
                .sum();
        var tokens = new PolicyTokens(
                new float[count],
                new float[count],
                new float[count],
                new float[count],
                new float[count],
                new float[count],
                new ArrayList<>(),
                new MetricSums());
        int at = 0;
        for (int m = 0; m < weights.length; m++) {
            Trajectory t = experience.trajectories().get(members.get(m));
            tokens.put(at, t, experience.advantages().get(members.get(m)), weights[m], importance);
            at += t.tokens();
        }
        return tokens;
    }

    private void put(int at, Trajectory t, float[] advantage, double weight, Optional<ImportanceWeight> correction) {
        System.arraycopy(t.oldLogps(), 0, old, at, t.tokens());
        System.arraycopy(t.generationLogps(), 0, generation, at, t.tokens());
        System.arraycopy(t.referenceLogps(), 0, reference, at, t.tokens());
        System.arraycopy(advantage, 0, advantages, at, t.tokens());
        java.util.Arrays.fill(weights, at, at + t.tokens(), (float) weight);
        java.util.Arrays.fill(corrections, at, at + t.tokens(), 1);
        lengths.add(t.tokens());
        correction.ifPresent(c -> {
            double[] own = c.of(t.oldLogps(), t.generationLogps());
            for (int i = 0; i < own.length; i++) {
                corrections[at + i] = (float) own[i];
            }
            truncated.add("importance_truncated", c.shareTruncated(t.oldLogps(), t.generationLogps()), t.tokens());
        });
    }

    /// What the losses look at, given the policy's log-probabilities.
    PolicyLogps logps(Tensor policy) {
        return new PolicyLogps(
                policy, vector(old), vector(reference), vector(generation), vector(advantages), List.copyOf(lengths));
    }

    Tensor weight() {
        return vector(weights);
    }

    Tensor correction() {
        return vector(corrections);
    }

    private static Tensor vector(float[] values) {
        return Tensor.of(values, values.length);
    }

    /// Loss, share of clipped tokens, and the second-order estimate of how far the policy has moved from the old one.
    MetricSums metrics(float[] now, float[] losses, float[] ratios, PolicyLoss loss) {
        var metrics = new MetricSums();
        for (int i = 0; i < now.length; i++) {
            boolean cut = loss.cuts(ratios[i], advantages[i]);
            metrics.add("policy_loss", losses[i], weights[i])
                    .add("clip_fraction", cut ? 1 : 0, weights[i])
                    .add("approximate_kl", KlEstimator.K2.of((double) now[i] - old[i]), weights[i]);
        }
        return metrics.add(truncated);
    }
}

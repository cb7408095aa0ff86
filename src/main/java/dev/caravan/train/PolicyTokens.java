package dev.caravan.train;

import dev.caravan.tensor.Tensor;
import java.util.List;

/// The completion tokens of some trajectories one after the other, with what the policy loss needs of each. All `[tokens]`.
record PolicyTokens(float[] old, float[] reference, float[] advantages, float[] weights) {
    /// @param weights of a token of each member
    static PolicyTokens of(Experience experience, List<Integer> members, double[] weights) {
        int count = members.stream().mapToInt(i -> experience.trajectories().get(i).tokens()).sum();
        var tokens = new PolicyTokens(new float[count], new float[count], new float[count], new float[count]);
        int at = 0;
        for (int m = 0; m < weights.length; m++) {
            Trajectory t = experience.trajectories().get(members.get(m));
            System.arraycopy(t.oldLogps(), 0, tokens.old, at, t.tokens());
            System.arraycopy(t.referenceLogps(), 0, tokens.reference, at, t.tokens());
            System.arraycopy(experience.advantages().get(members.get(m)), 0, tokens.advantages, at, t.tokens());
            java.util.Arrays.fill(tokens.weights, at, at + t.tokens(), (float) weights[m]);
            at += t.tokens();
        }
        return tokens;
    }

    Tensor oldLogp() {
        return Tensor.of(old, old.length);
    }

    Tensor referenceLogp() {
        return Tensor.of(reference, reference.length);
    }

    Tensor advantage() {
        return Tensor.of(advantages, advantages.length);
    }

    Tensor weight() {
        return Tensor.of(weights, weights.length);
    }

    /// Loss, share of clipped tokens, and the second-order estimate of how far the policy has moved from the old one.
    MetricSums metrics(float[] now, float[] losses, PolicyLoss loss) {
        var metrics = new MetricSums();
        for (int i = 0; i < now.length; i++) {
            double logRatio = (double) now[i] - old[i];
            double ratio = Math.exp(logRatio);
            boolean clipped = advantages[i] > 0 ? ratio > 1 + loss.clipHigh() : ratio < 1 - loss.clipLow();
            metrics.add("policy_loss", losses[i], weights[i])
                    .add("clip_fraction", clipped ? 1 : 0, weights[i])
                    .add("approximate_kl", KlEstimator.K2.of(logRatio), weights[i]);
        }
        return metrics;
    }
}

package dev.caravan.train;

import dev.caravan.tensor.Tensor;
import java.util.List;

/// What is known of the completion tokens of some trajectories, one trajectory after the other. All tensors are
/// `[tokens]`; only the policy's carries a gradient.
///
/// @param policy ln π of each token now
/// @param old the same when the rollout was made
/// @param reference the same under the reference model
/// @param generation the same as the generator saw it
/// @param lengths tokens of each trajectory
record PolicyLogps(
        Tensor policy, Tensor old, Tensor reference, Tensor generation, Tensor advantage, List<Integer> lengths) {
    /// ln π/π_old of each token.
    Tensor logRatio() {
        return policy.minus(old);
    }

    /// The mean of ln π/π_old over each trajectory, repeated for each of its tokens.
    Tensor sequenceLogRatio() {
        Tensor logRatio = logRatio();
        var means = new Tensor[lengths.size()];
        long at = 0;
        for (int i = 0; i < means.length; i++) {
            int length = lengths.get(i);
            means[i] = logRatio.narrow(0, at, length).mean().reshape(1).expand(length);
            at += length;
        }
        return Tensor.cat(0, means);
    }
}

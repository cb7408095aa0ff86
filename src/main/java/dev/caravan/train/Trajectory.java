package dev.caravan.train;

import dev.caravan.model.Sequence;

/// A rollout as reinforcement learning sees it: tokens, score, and what the networks said of them before the update.
///
/// @param id names prompt and sample
/// @param group the number of its prompt in the batch; samples of one prompt share it
/// @param ended whether the completion ends with an end token
/// @param room tokens a completion may have: where there is room after the end token, the score is paid one step
///     later
/// @param score what the verifier pays, the penalty for a missing end included
/// @param oldLogps ln π of each completion token when the rollout was made, as the trainer computes it
/// @param generationLogps the same as the generator computed it
/// @param referenceLogps the same under the reference model
/// @param values of the states before each completion token and, where [#steps()] exceeds them, after the last;
///     empty without a value model
public record Trajectory(
        String id,
        int group,
        int[] prompt,
        int[] completion,
        boolean ended,
        int room,
        double score,
        float[] oldLogps,
        float[] generationLogps,
        float[] referenceLogps,
        float[] values) {
    Sequence sequence() {
        return Sequence.of(prompt, completion);
    }

    int tokens() {
        return completion.length;
    }

    /// Steps of the decision process: one a token, and one after the end token where there is room for it.
    public int steps() {
        return steps(completion.length, ended, room);
    }

    static int steps(int tokens, boolean ended, int room) {
        return ended && tokens < room ? tokens + 1 : tokens;
    }

    /// The same with values.
    public Trajectory withValues(float[] values) {
        return new Trajectory(
                id, group, prompt, completion, ended, room, score, oldLogps, generationLogps, referenceLogps, values);
    }

    /// Summed log ratio between policy and reference.
    public double divergence() {
        double sum = 0;
        for (int t = 0; t < completion.length; t++) {
            sum += (double) oldLogps[t] - referenceLogps[t];
        }
        return sum;
    }

    /// Summed estimate of the distance between policy and reference.
    public double divergence(KlEstimator estimator) {
        double sum = 0;
        for (int t = 0; t < completion.length; t++) {
            sum += estimator.of((double) oldLogps[t] - referenceLogps[t]);
        }
        return sum;
    }
}

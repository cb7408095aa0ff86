package dev.caravan.train;

import dev.caravan.config.Default;
import dev.caravan.tensor.Tensor;

/// What to minimise over the tokens of rollouts with advantages.
public sealed interface PolicyLoss {
    /// The loss of each token, `[tokens]`.
    Tensor of(PolicyLogps logps);

    /// The ratio of new to old probability that this loss looks at, `[tokens]`.
    default Tensor ratio(PolicyLogps logps) {
        return logps.logRatio().exp();
    }

    /// Whether a token of this ratio and advantage gets no gradient.
    boolean cuts(double ratio, double advantage);

    /// The clipped surrogate of PPO, [equation 7](https://arxiv.org/abs/1707.06347).
    ///
    /// @param clipLow how far the ratio of new to old probability may fall below 1 before its gradient is cut
    /// @param clipHigh how far it may rise above 1
    record ClippedPolicyLoss(
            @Default("0.2") double clipLow, @Default("0.2") double clipHigh) implements PolicyLoss {
        public ClippedPolicyLoss {
            new ClipRange(clipLow, clipHigh);
        }

        private ClipRange clip() {
            return new ClipRange(clipLow, clipHigh);
        }

        @Override
        public Tensor of(PolicyLogps logps) {
            return clip().surrogate(ratio(logps), logps.advantage()).neg();
        }

        @Override
        public boolean cuts(double ratio, double advantage) {
            return clip().cuts(ratio, advantage);
        }
    }

    /// The clipped surrogate with a floor under tokens of negative advantage, however improbable the old policy found
    /// them: [dual-clip PPO](https://arxiv.org/abs/1912.09729).
    ///
    /// @param clipLow how far the ratio of new to old probability may fall below 1 before its gradient is cut
    /// @param clipHigh how far it may rise above 1
    /// @param bound the ratio from which on a token of negative advantage gets no gradient
    record DualClipPolicyLoss(
            @Default("0.2") double clipLow,
            @Default("0.2") double clipHigh,
            @Default("3") double bound) implements PolicyLoss {
        public DualClipPolicyLoss {
            new ClipRange(clipLow, clipHigh);
            if (!(bound > 1)) {
                throw new IllegalArgumentException("bound must be above 1, got " + bound);
            }
        }

        private ClipRange clip() {
            return new ClipRange(clipLow, clipHigh);
        }

        @Override
        public Tensor of(PolicyLogps logps) {
            Tensor surrogate = clip().surrogate(ratio(logps), logps.advantage());
            // min(A, 0): the surrogate of a positive advantage is never below 0, so the floor does not touch it
            Tensor floor = logps.advantage().clamp(Double.NEGATIVE_INFINITY, 0).times(bound);
            return surrogate.max(floor).neg();
        }

        @Override
        public boolean cuts(double ratio, double advantage) {
            return clip().cuts(ratio, advantage) || (advantage < 0 && ratio > bound);
        }
    }

    /// The clipped surrogate under the geometric mean of a sequence's ratios, the same for each of its tokens: GSPO,
    /// [section 4.1](https://arxiv.org/abs/2507.18071).
    ///
    /// @param clipLow how far the sequence's ratio may fall below 1 before its gradient is cut
    /// @param clipHigh how far it may rise above 1
    record SequenceRatioPolicyLoss(
            @Default("3e-4") double clipLow,
            @Default("4e-4") double clipHigh) implements PolicyLoss {
        public SequenceRatioPolicyLoss {
            new ClipRange(clipLow, clipHigh);
        }

        private ClipRange clip() {
            return new ClipRange(clipLow, clipHigh);
        }

        @Override
        public Tensor ratio(PolicyLogps logps) {
            return logps.sequenceLogRatio().exp();
        }

        @Override
        public Tensor of(PolicyLogps logps) {
            return clip().surrogate(ratio(logps), logps.advantage()).neg();
        }

        @Override
        public boolean cuts(double ratio, double advantage) {
            return clip().cuts(ratio, advantage);
        }
    }

    /// The policy gradient itself, [Williams 1992](https://doi.org/10.1007/BF00992696): −A ln π, for one update an
    /// iteration, where new and old policy are still the same.
    record ReinforcePolicyLoss() implements PolicyLoss {
        @Override
        public Tensor of(PolicyLogps logps) {
            return logps.policy().times(logps.advantage()).neg();
        }

        @Override
        public boolean cuts(double ratio, double advantage) {
            return false;
        }
    }
}

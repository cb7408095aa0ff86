package dev.caravan.train;

import dev.caravan.config.Default;
import dev.caravan.tensor.Tensor;

/// How the policy is held near its reference.
public sealed interface KlPenalty {
    double beta();

    /// A price on each token's reward: −β (ln π_old − ln π_ref), as PPO in Tülu 3 ([section 6](https://arxiv.org/abs/2411.15124)).
    ///
    /// @param beta the price
    record InRewardKlPenalty(@Default("0.05") double beta) implements KlPenalty {
        public InRewardKlPenalty {
            checkBeta(beta);
        }
    }

    /// A term of the loss, through which the gradient flows: β · k3, as GRPO
    /// ([equation 4](https://arxiv.org/abs/2402.03300)).
    ///
    /// @param beta the term's weight
    /// @param estimator how a token's divergence is estimated from its one sample
    record InLossKlPenalty(@Default("0.01") double beta, @Default("k3") KlEstimator estimator) implements KlPenalty {
        private static final double LARGEST_LOG_RATIO = 40;

        public InLossKlPenalty {
            checkBeta(beta);
        }

        /// `[tokens]`
        Tensor of(Tensor logp, Tensor reference) {
            Tensor logRatio = logp.minus(reference).clamp(-LARGEST_LOG_RATIO, LARGEST_LOG_RATIO);
            return estimator.of(logRatio).times(beta);
        }
    }

    /// The price per unit of log ratio that enters the reward.
    default double inReward() {
        return this instanceof InRewardKlPenalty ? beta() : 0;
    }

    private static void checkBeta(double beta) {
        if (!(beta >= 0)) {
            throw new IllegalArgumentException("beta must not be negative, got " + beta);
        }
    }
}

package dev.caravan.train;

import dev.caravan.config.Default;
import dev.caravan.tensor.Tensor;
import java.util.Optional;

/// How the policy is held near its reference.
public sealed interface KlPenalty {
    double beta();

    /// A price on each token's reward: −β (ln π_old − ln π_ref), as PPO in Tülu 3 ([section
    /// 6](https://arxiv.org/abs/2411.15124)).
    ///
    /// @param beta the price
    record InRewardKlPenalty(@Default("0.05") double beta) implements KlPenalty {
        public InRewardKlPenalty {
            checkBeta(beta);
        }
    }

    /// A term of the loss, through which a gradient flows. Its log ratios are clamped before the estimate, its
    /// estimates after it: one token that the reference thinks impossible shall not decide a step.
    sealed interface LossTerm extends KlPenalty {
        /// Of each token, `[tokens]`.
        Tensor of(PolicyLogps logps);
    }

    /// A term of the loss: β · k3, as GRPO ([equation 4](https://arxiv.org/abs/2402.03300)).
    ///
    /// @param beta the term's weight
    /// @param estimator how a token's divergence is estimated from its one sample
    /// @param largestLogRatio log ratios beyond it count as this much
    /// @param largestEstimate estimates beyond it count as this much; absent: no bound
    record InLossKlPenalty(
            @Default("0.01") double beta,
            @Default("k3") KlEstimator estimator,
            @Default("40") double largestLogRatio,
            Optional<Double> largestEstimate)
            implements LossTerm {
        public InLossKlPenalty {
            checkBeta(beta);
            checkBounds(largestLogRatio, largestEstimate);
        }

        @Override
        public Tensor of(PolicyLogps logps) {
            Tensor logRatio = logRatio(logps, largestLogRatio);
            return bounded(estimator.of(logRatio), largestEstimate).times(beta);
        }
    }

    /// A term of the loss, each token's times π/π_generation: the estimate, and its gradient, under the policy of now
    /// instead of the one that wrote the rollout ([section 3.1](https://arxiv.org/abs/2512.02556)). Where the log
    /// ratio is clamped nothing flows.
    ///
    /// @param beta the term's weight
    /// @param estimator how a token's divergence is estimated from its one sample
    /// @param largestLogRatio log ratios beyond it count as this much
    /// @param largestEstimate estimates beyond it count as this much; absent: no bound
    record WeightedInLossKlPenalty(
            @Default("0.01") double beta,
            @Default("k3") KlEstimator estimator,
            @Default("40") double largestLogRatio,
            Optional<Double> largestEstimate)
            implements LossTerm {
        public WeightedInLossKlPenalty {
            checkBeta(beta);
            checkBounds(largestLogRatio, largestEstimate);
        }

        @Override
        public Tensor of(PolicyLogps logps) {
            Tensor logRatio = logRatio(logps, largestLogRatio);
            Tensor ofNow = logps.policy().minus(logps.generation()).detach().exp();
            Tensor weight =
                    ofNow.times(logRatio.minus(logRatio.detach()).exp()); // gradient by way of the clamped ratio
            return bounded(estimator.of(logRatio), largestEstimate)
                    .times(weight)
                    .times(beta);
        }
    }

    /// The price per unit of log ratio that enters the reward.
    default double inReward() {
        return this instanceof InRewardKlPenalty ? beta() : 0;
    }

    /// ln π/π_ref of each token, clamped.
    private static Tensor logRatio(PolicyLogps logps, double largest) {
        return logps.policy().minus(logps.reference()).clamp(-largest, largest);
    }

    private static Tensor bounded(Tensor estimate, Optional<Double> largest) {
        return largest.map(most -> estimate.clamp(-most, most)).orElse(estimate);
    }

    private static void checkBeta(double beta) {
        if (!(beta >= 0)) {
            throw new IllegalArgumentException("beta must not be negative, got " + beta);
        }
    }

    private static void checkBounds(double largestLogRatio, Optional<Double> largestEstimate) {
        if (!(largestLogRatio > 0)) {
            throw new IllegalArgumentException("largest_log_ratio must be positive, got " + largestLogRatio);
        }
        if (largestEstimate.isPresent() && !(largestEstimate.get() > 0)) {
            throw new IllegalArgumentException("largest_estimate must be positive, got " + largestEstimate.get());
        }
    }
}

package dev.caravan.train;

import dev.caravan.config.Default;
import dev.caravan.tensor.Tensor;

/// What to minimise over pairs of a better and a worse answer.
public sealed interface PreferenceLoss {
    double beta();

    /// The loss of each pair, `[batch]`.
    Tensor of(PreferenceLogps logps);

    /// Direct preference optimisation, [equation 7](https://arxiv.org/abs/2305.18290).
    ///
    /// @param beta strength of the pull towards the reference model
    /// @param labelSmoothing share of pairs taken to be labelled the wrong way round
    /// @param sftWeight weight of the chosen answer's negative log-likelihood, summed over its tokens, beside
    ///     the loss (as in [equation 1](https://arxiv.org/abs/2404.19733))
    record Dpo(
            @Default("0.1") double beta,
            @Default("0") double labelSmoothing,
            @Default("0") double sftWeight) implements PreferenceLoss {
        public Dpo {
            checkBeta(beta);
            checkSmoothing(labelSmoothing);
            if (!(sftWeight >= 0)) {
                throw new IllegalArgumentException("sft_weight must not be negative, got " + sftWeight);
            }
        }

        @Override
        public Tensor of(PreferenceLogps logps) {
            Tensor chosenReward = logps.chosenRatio().times(beta); // [batch]
            Tensor rejectedReward = logps.rejectedRatio().times(beta); // [batch]
            Tensor preference = smoothed(chosenReward.minus(rejectedReward), labelSmoothing);
            return sftWeight == 0
                    ? preference
                    : preference.minus(logps.policyChosen().times(sftWeight));
        }
    }

    /// DPO with log-probabilities averaged over tokens, [equation 6](https://arxiv.org/abs/2411.15124): Tülu 3's
    /// choice.
    ///
    /// @param beta ten times what plain DPO takes, because of the averaging
    /// @param labelSmoothing share of pairs taken to be labelled the wrong way round
    record DpoNorm(@Default("5") double beta, @Default("0") double labelSmoothing) implements PreferenceLoss {
        public DpoNorm {
            checkBeta(beta);
            checkSmoothing(labelSmoothing);
        }

        @Override
        public Tensor of(PreferenceLogps logps) {
            PreferenceLogps mean = logps.perToken();
            Tensor chosenReward = mean.chosenRatio().times(beta); // [batch]
            Tensor rejectedReward = mean.rejectedRatio().times(beta); // [batch]
            return smoothed(chosenReward.minus(rejectedReward), labelSmoothing);
        }
    }

    /// Simple preference optimisation, [equation 6](https://arxiv.org/abs/2405.14734): no reference model.
    ///
    /// @param beta steepness of the loss around that margin
    /// @param gammaBetaRatio the margin asked for, divided by beta
    record Simpo(@Default("2") double beta, @Default("0.5") double gammaBetaRatio) implements PreferenceLoss {
        public Simpo {
            checkBeta(beta);
        }

        @Override
        public Tensor of(PreferenceLogps logps) {
            PreferenceLogps mean = logps.perToken();
            Tensor margin = mean.policyChosen().minus(mean.policyRejected()).minus(gammaBetaRatio); // [batch]
            return margin.times(beta).logSigmoid().neg();
        }
    }

    /// Identity preference optimisation, [equation 17](https://arxiv.org/abs/2310.12036), on averages over tokens.
    ///
    /// @param beta strength of the pull towards the reference model: the margin asked for is 1 / (2 beta)
    record Ipo(@Default("0.1") double beta) implements PreferenceLoss {
        public Ipo {
            checkBeta(beta);
        }

        @Override
        public Tensor of(PreferenceLogps logps) {
            PreferenceLogps mean = logps.perToken();
            Tensor margin = mean.chosenRatio().minus(mean.rejectedRatio()); // [batch]
            return margin.minus(1 / (2 * beta)).square();
        }
    }

    /// −ln σ(margin), with a share ε of −ln σ(−margin).
    private static Tensor smoothed(Tensor margin, double epsilon) {
        Tensor right = margin.logSigmoid().neg();
        return epsilon == 0
                ? right
                : right.times(1 - epsilon).plus(margin.neg().logSigmoid().neg().times(epsilon));
    }

    private static void checkBeta(double beta) {
        if (!(beta > 0)) {
            throw new IllegalArgumentException("beta must be positive, got " + beta);
        }
    }

    private static void checkSmoothing(double epsilon) {
        if (!(epsilon >= 0 && epsilon < 0.5)) {
            throw new IllegalArgumentException("label_smoothing must lie in [0, 0.5), got " + epsilon);
        }
    }
}

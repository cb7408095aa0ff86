package dev.caravan.train;

import dev.caravan.tensor.Tensor;

/// Summed log-probabilities of the trained tokens of both answers of each pair, under the policy and under the frozen
/// reference, and how many tokens those are. All `[batch]`.
public record PreferenceLogps(
        Tensor policyChosen,
        Tensor policyRejected,
        Tensor referenceChosen,
        Tensor referenceRejected,
        Tensor chosenTokens,
        Tensor rejectedTokens) {
    /// The same as means over tokens: what length-normalised losses compare.
    PreferenceLogps perToken() {
        return new PreferenceLogps(
                policyChosen.div(chosenTokens),
                policyRejected.div(rejectedTokens),
                referenceChosen.div(chosenTokens),
                referenceRejected.div(rejectedTokens),
                chosenTokens,
                rejectedTokens);
    }

    /// ln π/π_ref of the chosen answer.
    Tensor chosenRatio() {
        return policyChosen.minus(referenceChosen);
    }

    Tensor rejectedRatio() {
        return policyRejected.minus(referenceRejected);
    }
}

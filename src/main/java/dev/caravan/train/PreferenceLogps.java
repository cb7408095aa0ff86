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
    /// The same as means over tokens: what length-normalised losses compare. An answer without trained tokens has 0.
    PreferenceLogps perToken() {
        Tensor chosen = chosenTokens.clamp(1, Double.POSITIVE_INFINITY);
        Tensor rejected = rejectedTokens.clamp(1, Double.POSITIVE_INFINITY);
        return new PreferenceLogps(
                policyChosen.div(chosen),
                policyRejected.div(rejected),
                referenceChosen.div(chosen),
                referenceRejected.div(rejected),
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

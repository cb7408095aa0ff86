package dev.caravan.train;

import dev.caravan.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Rows about preference losses.
final class PreferenceNumbers {
    private PreferenceNumbers() {}

    static Map<String, double[]> dpo(JsonNode inputs) {
        return inputs.has("vocabulary") ? equalAnswers(inputs) : dpoOfSums(inputs);
    }

    private static Map<String, double[]> dpoOfSums(JsonNode inputs) {
        double beta = inputs.get("beta").asDouble();
        var logps = new PreferenceLogps(
                Numbers.vector(inputs.get("policy_chosen")),
                Numbers.vector(inputs.get("policy_rejected")),
                Numbers.vector(inputs.get("reference_chosen")),
                Numbers.vector(inputs.get("reference_rejected")),
                ones(inputs),
                ones(inputs));
        return Map.of(
                "losses", Numbers.doubles(new PreferenceLoss.Dpo(beta, 0, 0).of(logps)),
                "chosen_rewards", Numbers.doubles(logps.chosenRatio().times(beta)),
                "rejected_rewards", Numbers.doubles(logps.rejectedRatio().times(beta)));
    }

    /// The row's β is 0, which a recipe may not ask for; where both answers are the same every β gives the same
    /// number.
    private static Map<String, double[]> equalAnswers(JsonNode inputs) {
        int labels = inputs.get("labels").asInt();
        float sum = (float) (-labels * Math.log(inputs.get("vocabulary").asInt()));
        Tensor policy = Tensor.of(new float[] {sum}, 1);
        Tensor reference = Tensor.full(-7, 1);
        Tensor tokens = Tensor.full(labels, 1);
        var loss = new PreferenceLoss.Dpo(0.1, 0, inputs.get("sft_weight").asDouble());
        var logps = new PreferenceLogps(policy, policy, reference, reference, tokens, tokens);
        return Map.of("loss", Numbers.doubles(loss.of(logps)));
    }

    static Map<String, double[]> simpo(JsonNode inputs) {
        Tensor chosen = Numbers.vector(inputs.get("policy_chosen"));
        Tensor rejected = Numbers.vector(inputs.get("policy_rejected"));
        var logps = new PreferenceLogps(chosen, rejected, chosen, rejected, ones(inputs), ones(inputs));
        var loss = new PreferenceLoss.Simpo(
                inputs.get("beta").asDouble(), inputs.get("gamma_beta_ratio").asDouble());
        return Map.of("losses", Numbers.doubles(loss.of(logps)));
    }

    /// One token an answer: sums and averages are the same.
    private static Tensor ones(JsonNode inputs) {
        var ones = new float[inputs.get("policy_chosen").size()];
        Arrays.fill(ones, 1);
        return Tensor.of(ones, ones.length);
    }
}

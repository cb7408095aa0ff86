package dev.caravan.train;

import dev.caravan.tensor.Tensor;
import dev.caravan.train.ImportanceWeight.SequenceImportanceWeight;
import dev.caravan.train.ImportanceWeight.TokenImportanceWeight;
import dev.caravan.train.KlPenalty.InLossKlPenalty;
import dev.caravan.train.KlPenalty.WeightedInLossKlPenalty;
import dev.caravan.train.PolicyLoss.ClippedPolicyLoss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Rows about policy losses, importance weights and penalties, computed along the trainer's own path: trajectories to
/// policy tokens to weighted losses.
final class PolicyNumbers {
    private static final double NONE = Double.POSITIVE_INFINITY;

    private PolicyNumbers() {}

    static Map<String, double[]> policy(JsonNode inputs, String what) {
        boolean ofSequence = what.contains("sequence-level");
        PolicyTokens tokens = tokens(inputs, importance(inputs, ofSequence));
        PolicyLogps logps = tokens.logps(Numbers.vector(inputs.get("logprobs")));
        PolicyLoss loss = loss(inputs, ofSequence);
        Tensor losses = loss.of(logps);
        Tensor weighted = losses.times(tokens.correction());
        double[] weight = Numbers.doubles(tokens.correction());
        var numbers = new HashMap<String, double[]>();
        numbers.put("ratio", Numbers.doubles(loss.ratio(logps)));
        numbers.put("per_token", Numbers.doubles(losses));
        numbers.put("weighted", Numbers.doubles(weighted));
        numbers.put("weight", ofSequence ? new double[] {weight[0]} : weight);
        numbers.put("loss", Numbers.doubles(weighted.times(tokens.weight()).sum()));
        numbers.put("kl_k3", Numbers.doubles(new InLossKlPenalty(1, KlEstimator.K3, NONE, Optional.empty()).of(logps)));
        numbers.put(
                "kl_weighted",
                Numbers.doubles(new WeightedInLossKlPenalty(1, KlEstimator.K3, NONE, Optional.empty()).of(logps)));
        return numbers;
    }

    private static PolicyLoss loss(JsonNode inputs, boolean ofSequence) {
        if (!inputs.has("old_logprobs")) {
            return new PolicyLoss.ReinforcePolicyLoss();
        }
        double low = inputs.get("clip_low").asDouble();
        double high = inputs.get("clip_high").asDouble();
        if (inputs.has("dual_clip")) {
            return new PolicyLoss.DualClipPolicyLoss(
                    low, high, inputs.get("dual_clip").asDouble());
        }
        return ofSequence ? new PolicyLoss.SequenceRatioPolicyLoss(low, high) : new ClippedPolicyLoss(low, high);
    }

    private static Optional<ImportanceWeight> importance(JsonNode inputs, boolean ofSequence) {
        if (!inputs.has("generation_logprobs")) {
            return Optional.empty();
        }
        double max = inputs.has("weight_max") ? inputs.get("weight_max").asDouble() : NONE;
        return Optional.of(ofSequence ? new SequenceImportanceWeight(0, max) : new TokenImportanceWeight(0, max));
    }

    /// One trajectory a row of the input; what a row does not name is its old log-probabilities.
    private static PolicyTokens tokens(JsonNode inputs, Optional<ImportanceWeight> importance) {
        JsonNode old = inputs.has("old_logprobs") ? inputs.get("old_logprobs") : inputs.get("logprobs");
        var trajectories = new ArrayList<Trajectory>();
        var advantages = new ArrayList<float[]>();
        for (int row = 0; row < old.size(); row++) {
            float[] own = Numbers.floats(old.get(row));
            float[] generation = rowOf(inputs, "generation_logprobs", row, own);
            float[] reference = rowOf(inputs, "reference_logprobs", row, own);
            trajectories.add(trajectory(own, generation, reference));
            advantages.add(Numbers.floats(inputs.get("advantages").get(row)));
        }
        var experience = new Experience(trajectories, advantages, List.of());
        var members = IntStream.range(0, old.size()).boxed().toList();
        var lengths = trajectories.stream().map(Trajectory::tokens).toList();
        return PolicyTokens.of(experience, members, new TokenAverage.WholeTokenAverage().weights(lengths), importance);
    }

    private static float[] rowOf(JsonNode inputs, String name, int row, float[] otherwise) {
        return inputs.has(name) ? Numbers.floats(inputs.get(name).get(row)) : otherwise;
    }

    private static Trajectory trajectory(float[] old, float[] generation, float[] reference) {
        int[] completion = new int[old.length];
        return new Trajectory("row", 0, new int[1], completion, true, 99, 0, old, generation, reference, new float[0]);
    }

    static Map<String, double[]> bounds(JsonNode inputs) {
        double[] weights = Numbers.flat(inputs.get("weights"));
        var old = new float[weights.length];
        for (int i = 0; i < old.length; i++) {
            old[i] = (float) Math.log(weights[i]);
        }
        var generation = new float[weights.length];
        double min =
                inputs.get("weight_min").isNull() ? 0 : inputs.get("weight_min").asDouble();
        var weight = new TokenImportanceWeight(min, inputs.get("weight_max").asDouble());
        var numbers = new HashMap<String, double[]>();
        numbers.put("clamped", weight.of(old, generation));
        numbers.put("share_outside", new double[] {weight.shareTruncated(old, generation)});
        numbers.put("loss", new double[] {lossOfAdvantageOne(old, generation, weight)});
        return numbers;
    }

    /// At ratio 1 and advantage 1 the loss is minus the mean weight.
    private static double lossOfAdvantageOne(float[] old, float[] generation, ImportanceWeight weight) {
        var ones = new float[old.length];
        java.util.Arrays.fill(ones, 1);
        var experience = new Experience(List.of(trajectory(old, generation, old)), List.of(ones), List.of());
        var tokens = PolicyTokens.of(experience, List.of(0), new double[] {1.0 / old.length}, Optional.of(weight));
        Tensor policy = Tensor.of(old, old.length);
        Tensor losses = new ClippedPolicyLoss(0.2, 0.2).of(tokens.logps(policy)).times(tokens.correction());
        return losses.times(tokens.weight()).sum().item();
    }

    static Map<String, double[]> divergence(JsonNode inputs) {
        var estimator = KlEstimator.valueOf(inputs.get("estimator").asString().toUpperCase(Locale.ROOT));
        double input = inputs.get("input_clamp").isNull()
                ? NONE
                : inputs.get("input_clamp").asDouble();
        JsonNode output = inputs.get("output_clamp");
        Optional<Double> most = output.isNull() ? Optional.empty() : Optional.of(output.asDouble());
        Tensor policy = Numbers.vector(inputs.get("logprobs")).leaf();
        Tensor reference = Numbers.vector(inputs.get("reference_logprobs"));
        var logps = new PolicyLogps(policy, policy, reference, policy, policy, List.of());
        new WeightedInLossKlPenalty(1, estimator, input, most).of(logps).sum().backward();
        return Map.of(
                "kl", Numbers.doubles(new InLossKlPenalty(1, estimator, input, most).of(logps)),
                "gradient", Numbers.doubles(policy.gradient()));
    }

    static Map<String, double[]> penalised(JsonNode inputs) {
        PolicyTokens tokens = tokens(inputs, Optional.empty());
        PolicyLogps logps = tokens.logps(Numbers.vector(inputs.get("logprobs")));
        var unit = new InLossKlPenalty(1, KlEstimator.K3, NONE, Optional.empty());
        var penalty = new InLossKlPenalty(inputs.get("beta").asDouble(), KlEstimator.K3, NONE, Optional.empty());
        Tensor losses = new ClippedPolicyLoss(0.2, 0.2).of(logps).plus(penalty.of(logps));
        return Map.of(
                "kl_k3", Numbers.doubles(unit.of(logps)),
                "kl_mean", Numbers.doubles(unit.of(logps).times(tokens.weight()).sum()),
                "loss", Numbers.doubles(losses.times(tokens.weight()).sum()));
    }
}

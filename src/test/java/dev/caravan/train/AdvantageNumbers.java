package dev.caravan.train;

import dev.caravan.train.AdvantageEstimator.GaeAdvantageEstimator;
import dev.caravan.train.AdvantageEstimator.GroupRelativeAdvantageEstimator;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Rows about advantages.
final class AdvantageNumbers {
    private AdvantageNumbers() {}

    static Map<String, double[]> gae(JsonNode inputs) {
        var gae = new GaeAdvantageEstimator(
                inputs.get("gamma").asDouble(), inputs.get("lambda").asDouble(), false, false);
        float[] values = Numbers.floats(inputs.get("values"));
        double[] advantages = gae.advantages(Numbers.flat(inputs.get("rewards")), values);
        return Map.of(
                "advantages",
                advantages,
                "returns",
                Numbers.doubles(GaeAdvantageEstimator.returns(advantages, values)));
    }

    static Map<String, double[]> baseline(JsonNode inputs) {
        return Map.of(
                "baseline", ofEachPrompt(inputs, OtherSamples::means),
                "std", ofEachPrompt(inputs, OtherSamples::deviations));
    }

    static Map<String, double[]> groupRelative(JsonNode inputs) {
        return Map.of("advantages", ofEachPrompt(inputs, GroupRelativeAdvantageEstimator::relative));
    }

    static Map<String, double[]> clip(JsonNode inputs) {
        var clip = new AdvantageClip(
                inputs.get("low").asDouble(), inputs.get("high").asDouble());
        return Map.of("advantages", Numbers.doubles(clip.of(Numbers.floats(inputs.get("advantages")))));
    }

    /// Samples that could not be judged never become trajectories, so the others are a group without them.
    private static double[] ofEachPrompt(JsonNode inputs, UnaryOperator<double[]> statistic) {
        double[] rewards = Numbers.flat(inputs.get("rewards"));
        double[] prompts = Numbers.flat(inputs.get("prompts"));
        double[] valid = inputs.has("valid") ? Numbers.flat(inputs.get("valid")) : ones(rewards.length);
        var all = new double[rewards.length];
        for (double prompt : Arrays.stream(prompts).distinct().toArray()) {
            int[] members = IntStream.range(0, rewards.length)
                    .filter(i -> prompts[i] == prompt && valid[i] == 1)
                    .toArray();
            double[] own = statistic.apply(
                    Arrays.stream(members).mapToDouble(i -> rewards[i]).toArray());
            for (int i = 0; i < members.length; i++) {
                all[members[i]] = own[i];
            }
        }
        return all;
    }

    private static double[] ones(int count) {
        var ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}

package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.caravan.ConformanceRows;
import dev.caravan.tensor.Device;
import dev.caravan.tensor.Engine;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Numbers that stand in the tests of NeMo RL, verl and open-instruct, and some of our own, each computed by the code
/// that trains.
class RlNumbersTest {
    /// Tensors hold seven digits, whatever a row would accept.
    private static final double SINGLE_PRECISION = 1e-6;

    /// Steps on the way to a number that our code does not stop at.
    private static final Set<String> INTERMEDIATE = Set.of(
            "ratio_clipped", "unclipped", "clipped", "after_ppo_clip", "bound", "log_ratio", "kl_weight", "tokens");

    @TestFactory
    Stream<DynamicTest> everyRowHasTheNumbersOfItsSource() {
        Engine.start(Precision.FLOAT32, 0, Device.CPU);
        return ConformanceRows.shared("rl_numbers.jsonl", 74).stream()
                .map(row -> dynamicTest(row.get("id").asString(), () -> check(row)));
    }

    private static void check(JsonNode row) {
        try (var _ = Scope.open()) {
            Map<String, double[]> computed = computed(row);
            for (var expected : row.get("expected").properties()) {
                if (INTERMEDIATE.contains(expected.getKey())) {
                    continue;
                }
                assertThat(computed).containsKey(expected.getKey());
                compare(row, expected.getKey(), computed.get(expected.getKey()));
            }
        }
    }

    private static Map<String, double[]> computed(JsonNode row) {
        String id = row.get("id").asString();
        String kind = id.substring(id.indexOf('/') + 1);
        JsonNode inputs = row.get("inputs");
        return switch (kind.split("_")[0]) {
            case "gae" -> AdvantageNumbers.gae(inputs);
            case "baseline" -> AdvantageNumbers.baseline(inputs);
            case "group" -> AdvantageNumbers.groupRelative(inputs);
            case "advantage" -> AdvantageNumbers.clip(inputs);
            case "masked" -> TokenNumbers.maskedMean(inputs);
            case "nll" -> TokenNumbers.nextTokenLoss(inputs);
            case "fully", "partially" -> TokenNumbers.averageOverLabels(inputs);
            case "pack" -> TokenNumbers.packed(inputs);
            case "doc" -> TokenNumbers.documents(inputs, row.get("expected"));
            case "dpo" -> PreferenceNumbers.dpo(inputs);
            case "simpo" -> PreferenceNumbers.simpo(inputs);
            case "weight" -> PolicyNumbers.bounds(inputs);
            case "kl" -> kind.equals("kl_penalty") ? PolicyNumbers.penalised(inputs) : PolicyNumbers.divergence(inputs);
            default -> PolicyNumbers.policy(inputs, row.get("what").asString());
        };
    }

    private static void compare(JsonNode row, String name, double[] actual) {
        double[] expected = Numbers.flat(row.get("expected").get(name));
        double relative = row.get("tolerance").get("rtol").asDouble();
        double absolute = row.get("tolerance").get("atol").asDouble();
        boolean doubles = Set.of("baseline", "std", "advantages").contains(name);
        double floor = doubles ? 1e-12 : SINGLE_PRECISION;
        assertThat(actual).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double tolerance = absolute + Math.max(relative, floor) * Math.abs(expected[i]) + (doubles ? 0 : 1e-7);
            if (Double.isNaN(expected[i])) {
                assertThat(actual[i]).as(name).isNaN();
            } else if (!isArtefact(row, name, i)) {
                assertThat(actual[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(tolerance));
            }
        }
    }

    /// An invalid sample takes no part here; the source gives it a baseline that its own note calls meaningless.
    private static boolean isArtefact(JsonNode row, String name, int i) {
        return Set.of("baseline", "std").contains(name)
                && Numbers.flat(row.get("inputs").get("valid"))[i] == 0;
    }
}

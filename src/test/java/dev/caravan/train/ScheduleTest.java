package dev.caravan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.io.Json;
import dev.caravan.train.Schedule.ConstantSchedule;
import dev.caravan.train.Schedule.CosineSchedule;
import dev.caravan.train.Schedule.LinearSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScheduleTest {
    private static final Path GOLDEN = Path.of("../shared/golden/schedules.jsonl");

    @Test
    void ratesAreThoseOfTransformersAtEveryStep() throws IOException {
        assumeTrue(Files.exists(GOLDEN), () -> "SKIPPED all golden schedules: there is no " + GOLDEN);
        for (String line : Files.readAllLines(GOLDEN)) {
            JsonNode row = Json.tree(line);
            Schedule schedule = named(row.get("schedule").asString());
            double[] rates = Numbers.flat(row.get("rates"));
            for (int step = 0; step < rates.length; step++) {
                double factor = schedule.factor(
                        step,
                        row.get("warmup_steps").asLong(),
                        row.get("total_steps").asLong());
                assertThat(factor).as("%s step %d", line.substring(0, 60), step).isCloseTo(rates[step], within(1e-9));
            }
        }
    }

    private static Schedule named(String name) {
        return switch (name) {
            case "linear" -> new LinearSchedule(0);
            case "cosine" -> new CosineSchedule(0);
            default -> new ConstantSchedule(0);
        };
    }

    @Test
    void warmupClimbsFromZeroAndTheRestFallsToZero() {
        var linear = new LinearSchedule(0.5);
        assertThat(rates(linear, 4)).containsExactly(0, 0.5, 1, 0.5);
        // half a cosine at 0, ½: 1, ½
        assertThat(rates(new CosineSchedule(0.5), 4)).containsExactly(new double[] {0, 0.5, 1, 0.5}, within(1e-12));
        assertThat(rates(new ConstantSchedule(0.5), 4)).containsExactly(0, 0.5, 1, 1);
    }

    @Test
    void warmupOfATenthOfTenStepsIsOneStepDespiteRounding() {
        assertThat(new LinearSchedule(0.1).factor(0, 10)).isZero();
        assertThat(new LinearSchedule(0.1).factor(1, 10)).isEqualTo(1);
    }

    private static double[] rates(Schedule schedule, int steps) {
        var rates = new double[steps];
        for (int step = 0; step < steps; step++) {
            rates[step] = schedule.factor(step, steps);
        }
        return rates;
    }
}

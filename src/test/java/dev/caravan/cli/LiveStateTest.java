package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class LiveStateTest {
    @Example
    void theLineSaysStageStepLossSpeedMemoryAndTimeLeft() {
        assertThat(state(412, 900).line(79))
                .isEqualTo("sft  ####------  412/900  loss 0.4123  15,760 tok/s  2.1 GB  ETA 0:42");
    }

    @Example
    void aNarrowLineKeepsTheStepAndTheTimeLeft() {
        assertThat(state(412, 900).line(30)).isEqualTo("sft  412/900  ETA 0:42");
    }

    @Example
    void withoutAKnownEndThereIsNeitherBarNorTimeLeft() {
        var state = new LiveState("curate", 12, 0, new LinkedHashMap<>(), OptionalDouble.empty(), 0);
        assertThat(state.line(79)).isEqualTo("curate  step 12");
    }

    @Property
    void theLineFitsHoweverNarrowTheTerminal(
            @ForAll @IntRange(min = 1, max = 120) int columns,
            @ForAll @LongRange(min = 0) long step,
            @ForAll @LongRange(min = 0, max = 1L << 40) long steps) {
        assertThat(state(step, steps).line(columns).length()).isLessThanOrEqualTo(columns);
    }

    private static LiveState state(long step, long steps) {
        SequencedMap<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("loss", 0.41234);
        numbers.put("tokens_per_second", 15759.6);
        return new LiveState("sft", step, steps, numbers, OptionalDouble.of(42), 2_100_000_000L);
    }
}

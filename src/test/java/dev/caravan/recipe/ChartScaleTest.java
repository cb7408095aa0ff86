package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ChartScaleTest {
    @Property
    void aRoundedAxisHoldsItsDataAndEndsOnTicks(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double b) {
        ChartScale scale = ChartScale.rounded(Math.min(a, b), Math.max(a, b), 4);
        double tolerance = 1e-6 * (scale.high() - scale.low());
        assertThat(scale.low()).isLessThanOrEqualTo(Math.min(a, b) + tolerance);
        assertThat(scale.high()).isGreaterThanOrEqualTo(Math.max(a, b) - tolerance);
        assertThat(scale.ticks().getFirst()).isCloseTo(scale.low(), within(tolerance));
        assertThat(scale.ticks().getLast()).isCloseTo(scale.high(), within(tolerance));
        assertThat(scale.ticks().size()).isBetween(2, 7);
    }

    @Property
    void aLogarithmicAxisHoldsItsData(
            @ForAll @IntRange(min = -12, max = 6) int exponent,
            @ForAll @DoubleRange(min = 10, max = 1e6) double ratio) {
        double min = 3 * Math.pow(10, exponent);
        ChartScale scale = ChartScale.log(min, min * ratio);
        assertThat(scale.place(min)).isBetween(0.0, 1.0);
        assertThat(scale.place(min * ratio)).isBetween(0.0, 1.0);
        assertThat(scale.ticks())
                .isNotEmpty()
                .allMatch(tick -> tick >= scale.low() * 0.99 && tick <= scale.high() * 1.01);
    }

    @Example
    void ticksAreRoundNumbers() {
        assertThat(ChartScale.exact(1, 900, 6).ticks()).containsExactly(200.0, 400.0, 600.0, 800.0);
        assertThat(ChartScale.rounded(0.02, 0.81, 4).ticks())
                .containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
    }

    @Example
    void aConstantHasAnAxisToo() {
        ChartScale scale = ChartScale.rounded(0, 0, 4);
        assertThat(scale.place(0)).isBetween(0.0, 1.0);
        assertThat(ChartScale.exact(7, 7, 5).place(7)).isCloseTo(0.5, within(1e-9));
    }

    @Example
    void numbersAreShortAndTheSameInEveryCountry() {
        assertThat(ChartNumbers.compact(0.41234)).isEqualTo("0.4123");
        assertThat(ChartNumbers.compact(15759.6)).isEqualTo("15,760");
        assertThat(ChartNumbers.compact(-5e-5)).isEqualTo("−5e−5");
        assertThat(ChartNumbers.tick(20000)).isEqualTo("20k");
        assertThat(ChartNumbers.duration(125.4)).isEqualTo("2 min 05 s");
        assertThat(ChartNumbers.duration(3725)).isEqualTo("1 h 02 min");
    }
}

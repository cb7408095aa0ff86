package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChartSeriesTest {
    @Property
    void thinningKeepsTheExtremes(
            @ForAll @Size(min = 1, max = 900) List<@DoubleRange(min = -1e3, max = 1e3) Double> values,
            @ForAll @IntRange(min = 4, max = 60) int points) {
        ChartSeries all = series(values);
        ChartSeries thin = all.thinned(points);
        assertThat(thin.size()).isLessThanOrEqualTo(Math.max(points, 1));
        assertThat(thin.min()).isEqualTo(all.min());
        assertThat(thin.max()).isEqualTo(all.max());
        assertThat(thin.steps()).isSorted();
    }

    @Property
    void smoothingLeavesAStraightLineWhereItIs(
            @ForAll @IntRange(min = 1, max = 400) int size, @ForAll @DoubleRange(min = -3, max = 3) double slope) {
        var values = new ArrayList<Double>();
        for (int i = 0; i < size; i++) {
            values.add(2 + slope * i);
        }
        double[] smooth = series(values).smoothed().values();
        for (int i = 0; i < size; i++) {
            assertThat(smooth[i]).isCloseTo(values.get(i), within(1e-9));
        }
    }

    @Example
    void aScheduleIsNotRestlessAndNoiseIs() {
        assertThat(series(List.of(0.0, 1.0, 2.0, 1.5, 1.0, 0.5, 0.0)).isRestless())
                .isFalse();
        assertThat(series(List.of(0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0)).isRestless())
                .isTrue();
    }

    @Example
    void whatIsNotFiniteIsLeftOutAndCounted() {
        ChartSeries series = series(List.of(1.0, Double.NaN, 3.0));
        assertThat(series.values()).containsExactly(1, 3);
        assertThat(series.steps()).containsExactly(0, 2);
        assertThat(series.notFinite()).isEqualTo(1);
    }

    private static ChartSeries series(List<Double> values) {
        var measured = new TreeMap<Long, Double>();
        values.forEach(value -> measured.put((long) measured.size(), value));
        return ChartSeries.of("", 0, measured);
    }
}

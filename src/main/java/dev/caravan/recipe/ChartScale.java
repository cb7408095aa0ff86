package dev.caravan.recipe;

import java.util.ArrayList;
import java.util.List;

/// Where a value lies between the two ends of an axis, and which round values the axis names.
sealed interface ChartScale {
    double low();

    double high();

    List<Double> ticks();

    /// 0 at the low end of the axis, 1 at the high end.
    double place(double value);

    /// Equal distances for equal differences. Ticks are multiples of `step`, which is 1, 2 or 5 times a power of ten.
    record Linear(double low, double high, double step) implements ChartScale {
        @Override
        public List<Double> ticks() {
            var ticks = new ArrayList<Double>();
            long last = (long) Math.floor(high / step + 1e-9);
            for (long k = (long) Math.ceil(low / step - 1e-9); k <= last; k++) {
                ticks.add(k * step);
            }
            return ticks;
        }

        @Override
        public double place(double value) {
            return (value - low) / (high - low);
        }
    }

    /// Equal distances for equal ratios. Ticks are powers of ten, and their doubles and fives on a short axis.
    record Log(double low, double high) implements ChartScale {
        @Override
        public List<Double> ticks() {
            var ticks = new ArrayList<Double>();
            int first = (int) Math.floor(Math.log10(low));
            int last = (int) Math.ceil(Math.log10(high));
            for (int exponent = first; exponent <= last; exponent++) {
                ticks.add(Math.pow(10, exponent));
                if (last - first <= 2) {
                    ticks.add(2 * Math.pow(10, exponent));
                    ticks.add(5 * Math.pow(10, exponent));
                }
            }
            ticks.removeIf(tick -> tick < low * 0.999999 || tick > high * 1.000001);
            return ticks;
        }

        @Override
        public double place(double value) {
            return (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
        }
    }

    /// An axis that begins and ends on a tick.
    static ChartScale rounded(double min, double max, int intervals) {
        ChartScale exact = exact(min, max, intervals);
        double step = ((Linear) exact).step();
        double low = Math.floor(exact.low() / step + 1e-9) * step;
        double high = Math.ceil(exact.high() / step - 1e-9) * step;
        return new Linear(low, high, step);
    }

    /// An axis that begins and ends with the data.
    static ChartScale exact(double min, double max, int intervals) {
        double room = max > min ? 0 : Math.max(Math.abs(max) * 0.1, 1e-9);
        double low = min - room;
        double high = max + room;
        return new Linear(low, high, roundStep((high - low) / intervals));
    }

    /// @param min greater than zero
    static ChartScale log(double min, double max) {
        double room = Math.pow(max / min, 0.03) * 1.02;
        return new Log(min / room, max * room);
    }

    private static double roundStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        double mantissa = atLeast / power;
        double round = mantissa <= 1.0000001 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10;
        return round * power;
    }
}

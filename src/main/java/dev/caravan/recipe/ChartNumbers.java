package dev.caravan.recipe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers as people read them. Always with a decimal point and a comma between thousands, whatever the machine's
/// locale.
final class ChartNumbers {
    private ChartNumbers() {}

    /// Four significant digits: `0.4123`, `1,234`, `5e-5`, `1.2e7`.
    static String compact(double value) {
        return significant(value, 4);
    }

    /// Short enough for an axis: `0.05`, `20k`, `1e-5`.
    static String tick(double value) {
        double size = Math.abs(value);
        if (size >= 1e6 && size < 1e9) {
            return significant(value / 1e6, 3) + "M";
        }
        if (size >= 1e4 && size < 1e6) {
            return significant(value / 1e3, 3) + "k";
        }
        return significant(value, 3);
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// @param share 0 to 1
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * share);
    }

    static String signedPercentPoints(double difference) {
        return String.format(Locale.ROOT, "%+.1f", 100 * difference).replace('-', '−');
    }

    /// `3.2 s`, `2 min 05 s`, `1 h 02 min`.
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (seconds < 60) {
            return String.format(Locale.ROOT, seconds < 9.95 ? "%.1f s" : "%.0f s", seconds);
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }

    private static String significant(double value, int digits) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e7)) {
            return scientific(value, Math.min(digits, 3));
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        BigDecimal plain = rounded.scale() < 0 ? rounded.setScale(0) : rounded;
        String text = String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
        return text.replace('-', '−');
    }

    private static String scientific(double value, int digits) {
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent).toPlainString();
        return (mantissa + "e" + exponent).replace('-', '−');
    }
}

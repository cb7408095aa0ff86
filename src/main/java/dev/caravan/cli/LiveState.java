package dev.caravan.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Where a stage stands, as one line of text: `sft  ####------ 412/900  loss 0.4123  15,760 tok/s  2.1 GB  ETA 0:42`.
///
/// @param steps 0 when nobody knows
/// @param numbers the most important first; `tokens_per_second` has its own form
/// @param memory bytes, 0 when nobody knows
record LiveState(
        String stage,
        long step,
        long steps,
        SequencedMap<String, ? extends Number> numbers,
        OptionalDouble secondsLeft,
        long memory) {
    private static final String TOKENS_PER_SECOND = "tokens_per_second";
    private static final int BAR = 10;
    private static final int OPTIONAL = 5;

    /// A part of the line. The largest rank is left out first where the line is too long.
    private record Part(String text, int rank) {}

    /// The line with as many of its parts as fit.
    String line(int columns) {
        List<Part> parts = parts();
        while (length(parts) > columns && parts.size() > 1) {
            Part least = parts.stream().max(Comparator.comparingInt(Part::rank)).orElseThrow();
            parts.remove(least);
        }
        String line = join(parts);
        return line.length() <= columns ? line : line.substring(0, columns);
    }

    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        parts.add(new Part(stage, 0));
        if (steps > 0) {
            parts.add(new Part(bar(), 4));
        }
        parts.add(new Part(steps > 0 ? step + "/" + steps : "step " + step, 0));
        int rank = 1;
        for (var number : numbers.entrySet()) {
            if (!number.getKey().equals(TOKENS_PER_SECOND)) {
                parts.add(new Part(
                        number.getKey().replace('_', ' ') + " "
                                + shown(number.getValue().doubleValue()),
                        rank));
                rank = rank == 1 ? OPTIONAL : rank + 1;
            }
        }
        Number speed = numbers.get(TOKENS_PER_SECOND);
        if (speed != null) {
            parts.add(new Part(String.format(Locale.ROOT, "%,.0f tok/s", speed.doubleValue()), 2));
        }
        if (memory > 0) {
            parts.add(new Part(String.format(Locale.ROOT, "%.1f GB", memory / 1e9), 3));
        }
        secondsLeft.ifPresent(seconds -> parts.add(new Part("ETA " + clock(seconds), 1)));
        return parts;
    }

    private String bar() {
        int done = (int) Math.clamp(BAR * step / steps, 0, BAR);
        return "#".repeat(done) + "-".repeat(BAR - done);
    }

    private static int length(List<Part> parts) {
        return join(parts).length();
    }

    private static String join(List<Part> parts) {
        return parts.stream().map(Part::text).collect(Collectors.joining("  "));
    }

    /// Four significant digits.
    private static String shown(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (size != 0 && (size < 1e-3 || size >= 1e7)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    /// `0:42`, `12:05`, `1:02:05`.
    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}

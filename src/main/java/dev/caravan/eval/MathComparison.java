package dev.caravan.eval;

import dev.caravan.eval.MathModules.Posed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Numbers in order, units, times of the day, and draws without replacement.
final class MathComparison {
    private static final int MINUTES_A_DAY = 24 * 60;

    /// How many of the smaller unit the larger one has.
    private record Units(String larger, String smaller, long factor) {}

    private static final List<Units> UNITS = List.of(
            new Units("kilometers", "meters", 1_000),
            new Units("meters", "millimeters", 1_000),
            new Units("kilograms", "grams", 1_000),
            new Units("hours", "seconds", 3_600),
            new Units("days", "minutes", 1_440),
            new Units("weeks", "hours", 168),
            new Units("liters", "milliliters", 1_000));

    private MathComparison() {}

    static void addTo(Map<String, Function<MathQuestion, Posed>> modules) {
        modules.put("comparison__closest", MathComparison::closest);
        modules.put("comparison__kth_biggest", MathComparison::kthBiggest);
        modules.put("comparison__pair", MathComparison::pair);
        modules.put("comparison__sort", MathComparison::sorted);
        modules.put("measurement__conversion", MathComparison::conversion);
        modules.put("measurement__time", MathComparison::time);
        modules.put("probability__swr_p_level_set", MathComparison::levelSet);
        modules.put("probability__swr_p_sequence", MathComparison::sequence);
    }

    private static List<Long> different(MathQuestion q, int count) {
        var all = new TreeSet<Long>();
        while (all.size() < count) all.add(q.number(-200, 200));
        var shuffled = new ArrayList<>(all);
        for (int i = shuffled.size() - 1; i > 0; i--)
            Collections.swap(shuffled, i, q.random().nextInt(i + 1));
        return shuffled;
    }

    private static String listed(MathQuestion q, List<Long> values) {
        return values.stream().map(q::shown).collect(Collectors.joining(", "));
    }

    private static String plain(List<Long> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static Posed closest(MathQuestion q) {
        List<Long> values = different(q, 4);
        long wanted = q.number(-200, 200);
        long nearest = values.stream()
                .min(Comparator.comparingLong(value -> Math.abs(value - wanted)))
                .orElseThrow();
        boolean tied = values.stream()
                        .filter(v -> Math.abs(v - wanted) == Math.abs(nearest - wanted))
                        .count()
                > 1;
        return tied
                ? closest(q)
                : Posed.of("Which of %s is closest to %s?".formatted(plain(values), q.shown(wanted)), nearest);
    }

    private static Posed kthBiggest(MathQuestion q) {
        List<Long> values = different(q, 5);
        int k = (int) q.number(1, 5);
        String which = List.of("biggest", "second biggest", "third biggest", "second smallest", "smallest")
                .get(k - 1);
        long answer = values.stream().sorted(Comparator.reverseOrder()).toList().get(k - 1);
        return Posed.of("Which is the %s of %s? Give its value.".formatted(which, listed(q, values)), answer);
    }

    private static Posed pair(MathQuestion q) {
        List<Long> values = different(q, 2);
        boolean bigger = q.random().nextBoolean();
        long first = values.getFirst();
        long second = values.getLast();
        return Posed.of(
                "Which is the %s, %s or %d? Give its value."
                        .formatted(bigger ? "bigger" : "smaller", q.shown(first), second),
                bigger ? Math.max(first, second) : Math.min(first, second));
    }

    private static Posed sorted(MathQuestion q) {
        List<Long> values = different(q, 4);
        boolean up = q.random().nextBoolean();
        List<Long> order = values.stream()
                .sorted(up ? Comparator.naturalOrder() : Comparator.reverseOrder())
                .toList();
        return Posed.of(
                "Put %s in %s order, separated by commas, each by its value."
                        .formatted(listed(q, values), up ? "ascending" : "descending"),
                plain(order));
    }

    private static Posed conversion(MathQuestion q) {
        Units units = UNITS.get(q.random().nextInt(UNITS.size()));
        long amount = q.number(2, 900);
        return q.random().nextBoolean()
                ? Posed.of(
                        "How many %s are %d %s?".formatted(units.smaller(), amount, units.larger()),
                        amount * units.factor())
                : Posed.of(
                        "How many %s are %d %s?".formatted(units.larger(), amount * units.factor(), units.smaller()),
                        amount);
    }

    /// As `7:05 PM`.
    private static String clock(int minutes) {
        int hour = minutes / 60;
        return "%d:%02d %s".formatted(hour % 12 == 0 ? 12 : hour % 12, minutes % 60, hour < 12 ? "AM" : "PM");
    }

    private static Posed time(MathQuestion q) {
        int start = (int) q.number(0, MINUTES_A_DAY - 1);
        int later = (int) q.number(1, 719);
        int end = (start + later) % MINUTES_A_DAY;
        return q.random().nextBoolean()
                ? Posed.of("How many minutes are there between %s and %s?".formatted(clock(start), clock(end)), later)
                : Posed.of("What is %d minutes after %s?".formatted(later, clock(start)), clock(end));
    }

    /// Two letters drawn from a bag of `a`s and `b`s.
    private static Posed levelSet(MathQuestion q) {
        int a = (int) q.number(2, 9);
        int b = (int) q.number(2, 9);
        long ways = 2L * a * b;
        return Posed.of(
                "A bag holds %d letters a and %d letters b. Two are drawn without putting any back. What is the"
                                .formatted(a, b)
                        + " probability of one a and one b?",
                MathArithmetic.fraction(ways, (long) (a + b) * (a + b - 1)));
    }

    private static Posed sequence(MathQuestion q) {
        int a = (int) q.number(2, 9);
        int b = (int) q.number(2, 9);
        int all = a + b;
        return Posed.of(
                "A bag holds %d letters a and %d letters b. Three are drawn without putting any back. What is the"
                                .formatted(a, b)
                        + " probability of the sequence aba?",
                MathArithmetic.fraction((long) a * b * (a - 1), (long) all * (all - 1) * (all - 2)));
    }
}

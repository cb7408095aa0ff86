package dev.caravan.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a module of [MathModules] draws a question from. In a composed question a number is not written but named, and
/// the sentence before the question tells it.
final class MathQuestion {
    private static final String NAMES = "bcdhkmpqrstu";

    private final RandomGenerator random;
    private final List<String> definitions = new ArrayList<>();
    private boolean composing;

    /// @param composed whether the next number that may be named is
    MathQuestion(RandomGenerator random, boolean composed) {
        this.random = random;
        composing = composed;
    }

    RandomGenerator random() {
        return random;
    }

    /// From `low` to `high`, both included.
    long number(long low, long high) {
        return random.nextLong(low, high + 1);
    }

    /// From −`most` to `most`, but not 0.
    long nonZero(long most) {
        long drawn = number(1, most);
        return random.nextBoolean() ? drawn : -drawn;
    }

    @SafeVarargs
    final <T> T oneOf(T... all) {
        return all[random.nextInt(all.length)];
    }

    /// The number as the question shows it.
    String shown(long value) {
        if (!composing) return Long.toString(value);
        composing = false;
        String name = NAMES.charAt(random.nextInt(NAMES.length())) + "";
        definitions.add(defined(name, value));
        return name;
    }

    private String defined(String name, long value) {
        long part = nonZero(50);
        return switch (random.nextInt(3)) {
            case 0 -> "Let %s = %d - %s. ".formatted(name, value + part, bracketed(part));
            case 1 -> "Let %s be %d + %s. ".formatted(name, value - part, bracketed(part));
            default -> {
                long factor = number(2, 9);
                yield "Suppose %d*%s %s %d = %d. "
                        .formatted(factor, name, part < 0 ? "-" : "+", Math.abs(part), factor * value + part);
            }
        };
    }

    private static String bracketed(long value) {
        return value < 0 ? "(" + value + ")" : Long.toString(value);
    }

    /// What comes before the question.
    String definitions() {
        return String.join("", definitions);
    }
}

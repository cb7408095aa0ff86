package dev.caravan.verify;

/// How often a regular expression may go round a part that need not read a character, such as `()` in `(){9999}`.
/// Counts of characters and classes do not weigh: each round of those reads.
final class Repetitions {
    private static final long MANY = Long.MAX_VALUE / 1_000_000_000;

    private final String expression;
    private long rounds = 1;
    private boolean reads; // whether what a count would belong to reads a character each time

    private Repetitions(String expression) {
        this.expression = expression;
    }

    /// The product of all such counts, at least one: nested counts multiply, and those that stand side by side are
    /// taken as if they were nested.
    static long of(String expression) {
        var repetitions = new Repetitions(expression);
        for (int at = 0; at < expression.length(); ) at = repetitions.next(at);
        return repetitions.rounds;
    }

    private int next(int at) {
        return switch (expression.charAt(at)) {
            case '\\' -> escape(at + 1);
            case '[' -> characterClass(at);
            case '{' -> count(at + 1);
            case '(', ')', '|', '^', '$', '?', '*', '+' -> {
                reads = false;
                yield at + 1;
            }
            default -> {
                reads = true;
                yield at + 1;
            }
        };
    }

    private int escape(int at) {
        if (at == expression.length()) return at;
        char kind = expression.charAt(at);
        reads = "bBAGzZkQE123456789".indexOf(kind) < 0;
        boolean named = at + 1 < expression.length() && expression.charAt(at + 1) == '{';
        int close = named ? expression.indexOf('}', at) : -1;
        return close < 0 || "pPxNbo".indexOf(kind) < 0 ? at + 1 : close + 1;
    }

    /// A class within a class, `[a[b]]`, ends early here: its second bracket then reads as a character.
    private int characterClass(int at) {
        int from = at + 1;
        if (from < expression.length() && expression.charAt(from) == '^') from++;
        int close = expression.indexOf(']', from + 1);
        while (close > 0 && expression.charAt(close - 1) == '\\' && expression.charAt(close - 2) != '\\') {
            close = expression.indexOf(']', close + 1);
        }
        reads = true;
        return close < 0 ? expression.length() : close + 1;
    }

    private int count(int at) {
        int end = at;
        long count = 0;
        while (end < expression.length() && Character.digit(expression.charAt(end), 10) >= 0) {
            count = Math.min(MANY, count * 10 + Character.digit(expression.charAt(end), 10));
            end++;
        }
        if (!reads && count > 1) rounds = rounds > MANY / count ? MANY : rounds * count;
        reads = false;
        int close = expression.indexOf('}', end);
        return close < 0 ? end : close + 1;
    }
}

package dev.caravan.eval;

import dev.caravan.eval.MathModules.Posed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;

/// Sums, products, quotients, roots and surds.
final class MathArithmetic {
    private MathArithmetic() {}

    static void addTo(Map<String, Function<MathQuestion, Posed>> modules) {
        modules.put("arithmetic__add_or_sub", MathArithmetic::sum);
        modules.put("arithmetic__add_or_sub_in_base", MathArithmetic::sumInBase);
        modules.put("arithmetic__add_sub_multiple", MathArithmetic::chain);
        modules.put("arithmetic__div", MathArithmetic::quotient);
        modules.put("arithmetic__mixed", MathArithmetic::mixed);
        modules.put("arithmetic__mul", MathArithmetic::product);
        modules.put("arithmetic__mul_div_multiple", MathArithmetic::fractions);
        modules.put("arithmetic__nearest_integer_root", MathArithmetic::root);
        modules.put("arithmetic__simplify_surd", MathArithmetic::surd);
    }

    private static BigDecimal decimal(MathQuestion q) {
        return BigDecimal.valueOf(q.nonZero(99_999), (int) q.number(0, 3));
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String bracketed(BigDecimal value) {
        return value.signum() < 0 ? "(" + plain(value) + ")" : plain(value);
    }

    private static String bracketed(long value) {
        return value < 0 ? "(" + value + ")" : Long.toString(value);
    }

    /// In lowest terms, as `-3/4`, or as a whole number.
    static String fraction(long numerator, long denominator) {
        long divisor = BigInteger.valueOf(numerator)
                        .gcd(BigInteger.valueOf(denominator))
                        .longValueExact()
                * (denominator < 0 ? -1 : 1);
        long below = denominator / divisor;
        return below == 1 ? Long.toString(numerator / divisor) : numerator / divisor + "/" + below;
    }

    private static Posed sum(MathQuestion q) {
        BigDecimal a = decimal(q);
        BigDecimal b = decimal(q);
        return q.random().nextBoolean()
                ? Posed.of("What is %s + %s?".formatted(plain(a), bracketed(b)), plain(a.add(b)))
                : Posed.of("Take %s from %s.".formatted(plain(b), plain(a)), plain(a.subtract(b)));
    }

    private static Posed sumInBase(MathQuestion q) {
        int base = (int) q.number(2, 16);
        long a = q.number(10, 5_000);
        long b = q.number(10, 5_000);
        boolean adds = q.random().nextBoolean();
        return Posed.of(
                "All numbers are in base %d. What is %s %s %s?"
                        .formatted(base, Long.toString(a, base), adds ? "+" : "-", Long.toString(b, base)),
                Long.toString(adds ? a + b : a - b, base));
    }

    private static Posed chain(MathQuestion q) {
        long sum = q.number(-50, 50);
        var text = new StringBuilder(Long.toString(sum));
        for (long left = q.number(3, 6); left > 0; left--) {
            long next = q.nonZero(50);
            boolean adds = q.random().nextBoolean();
            text.append(adds ? " + " : " - ").append(bracketed(next));
            sum += adds ? next : -next;
        }
        return Posed.of("What is the value of %s?".formatted(text), sum);
    }

    private static Posed quotient(MathQuestion q) {
        long a = q.nonZero(2_000);
        long b = q.nonZero(60);
        return Posed.of(
                "Divide %d by %d. Give a whole number or a fraction in lowest terms.".formatted(a, b), fraction(a, b));
    }

    private static Posed mixed(MathQuestion q) {
        long a = q.nonZero(20);
        long b = q.nonZero(12);
        long c = q.nonZero(12);
        long d = q.nonZero(9);
        return Posed.of(
                "Calculate (%d + %s*%s)/%s.".formatted(a, bracketed(b), bracketed(c), bracketed(d)),
                fraction(a + b * c, d));
    }

    private static Posed product(MathQuestion q) {
        BigDecimal a = decimal(q);
        BigDecimal b = decimal(q);
        return Posed.of("What is %s times %s?".formatted(plain(a), plain(b)), plain(a.multiply(b)));
    }

    private static Posed fractions(MathQuestion q) {
        long a = q.nonZero(30);
        long b = q.number(2, 30);
        long c = q.nonZero(30);
        long d = q.number(2, 30);
        return q.random().nextBoolean()
                ? Posed.of("Calculate (%d/%d)*(%d/%d).".formatted(a, b, c, d), fraction(a * c, b * d))
                : Posed.of("Calculate (%d/%d)/(%d/%d).".formatted(a, b, c, d), fraction(a * d, b * c));
    }

    private static Posed root(MathQuestion q) {
        int degree = (int) q.number(2, 5);
        long number = q.number(20, 100_000);
        long root = 1;
        // (r + 1/2)^d ≤ number, in whole numbers: (2r + 1)^d ≤ 2^d · number
        while (Math.pow(2 * root + 1, degree) <= Math.pow(2, degree) * number) root++;
        String name = degree == 2 ? "square" : degree == 3 ? "cube" : degree + "th";
        return Posed.of("What is the %s root of %d to the nearest whole number?".formatted(name, number), root);
    }

    private static Posed surd(MathQuestion q) {
        long outer = q.number(2, 12);
        long inner = q.oneOf(2L, 3L, 5L, 6L, 7L, 10L, 11L, 13L, 15L);
        long factor = q.nonZero(9);
        long all = factor * outer;
        return Posed.of(
                "Simplify %d*sqrt(%d).".formatted(factor, outer * outer * inner), "%d*sqrt(%d)".formatted(all, inner));
    }
}

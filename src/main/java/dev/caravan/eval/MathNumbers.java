package dev.caravan.eval;

import dev.caravan.eval.MathModules.Posed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Divisors, primes, digits, bases and rounding.
final class MathNumbers {
    private static final List<String> PLACES = List.of("units", "tens", "hundreds", "thousands", "ten thousands");

    private MathNumbers() {}

    static void addTo(Map<String, Function<MathQuestion, Posed>> modules) {
        modules.put("numbers__base_conversion", MathNumbers::base);
        modules.put("numbers__div_remainder", MathNumbers::remainder);
        modules.put("numbers__gcd", MathNumbers::gcd);
        modules.put("numbers__is_factor", MathNumbers::isFactor);
        modules.put("numbers__is_prime", MathNumbers::isPrime);
        modules.put("numbers__lcm", MathNumbers::lcm);
        modules.put("numbers__list_prime_factors", MathNumbers::primeFactors);
        modules.put("numbers__place_value", MathNumbers::digit);
        modules.put("numbers__round_number", MathNumbers::rounded);
    }

    private static Posed base(MathQuestion q) {
        int from = (int) q.number(2, 16);
        int drawn = (int) q.number(2, 15);
        int to = drawn < from ? drawn : drawn + 1;
        long value = q.number(50, 20_000);
        return Posed.of(
                "Write %s, a number in base %d, in base %d.".formatted(Long.toString(value, from), from, to),
                Long.toString(value, to));
    }

    private static Posed remainder(MathQuestion q) {
        long divisor = q.number(3, 200);
        long dividend = q.number(divisor, 10_000);
        return Posed.of(
                "What is left over when %s is divided by %d?".formatted(q.shown(dividend), divisor),
                dividend % divisor);
    }

    private static long gcd(long a, long b) {
        return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact();
    }

    private static Posed gcd(MathQuestion q) {
        long common = q.number(2, 60);
        long a = common * q.number(1, 60);
        long b = common * q.number(1, 60);
        return Posed.of("What is the greatest common divisor of %s and %d?".formatted(q.shown(a), b), gcd(a, b));
    }

    private static Posed lcm(MathQuestion q) {
        long a = q.number(2, 400);
        long b = q.number(2, 400);
        return Posed.of("What is the least common multiple of %s and %d?".formatted(q.shown(a), b), a / gcd(a, b) * b);
    }

    private static String truth(boolean holds) {
        return holds ? "True" : "False";
    }

    private static Posed isFactor(MathQuestion q) {
        long divisor = q.number(2, 60);
        long value = q.random().nextBoolean() ? divisor * q.number(2, 150) : q.number(61, 9_000);
        return Posed.of(
                "Is %d a factor of %s? Answer True or False.".formatted(divisor, q.shown(value)),
                truth(value % divisor == 0));
    }

    private static Posed isPrime(MathQuestion q) {
        long start = q.number(50, 9_000);
        long value = q.random().nextBoolean()
                ? BigInteger.valueOf(start).nextProbablePrime().longValueExact()
                : start;
        return Posed.of(
                "Is %s a prime number? Answer True or False.".formatted(q.shown(value)),
                truth(primes(value).equals(List.of(value))));
    }

    /// The different prime factors, ascending.
    private static List<Long> primes(long value) {
        var primes = new ArrayList<Long>();
        long left = value;
        for (long p = 2; p * p <= left; p++) {
            if (left % p == 0) primes.add(p);
            while (left % p == 0) left /= p;
        }
        if (left > 1) primes.add(left);
        return primes;
    }

    private static Posed primeFactors(MathQuestion q) {
        long value = q.number(20, 9_000);
        String answer = primes(value).stream().map(String::valueOf).collect(Collectors.joining(", "));
        return Posed.of(
                "Which are the prime factors of %s? Give each once, in ascending order, separated by commas."
                        .formatted(q.shown(value)),
                answer);
    }

    private static Posed digit(MathQuestion q) {
        long value = q.number(10_000, 99_999);
        int place = (int) q.number(0, PLACES.size() - 1);
        long digit = value / Math.round(Math.pow(10, place)) % 10;
        return Posed.of("What is the %s digit of %s?".formatted(PLACES.get(place), q.shown(value)), digit);
    }

    private static Posed rounded(MathQuestion q) {
        long value = q.number(10_000, 999_999);
        int place = (int) q.number(1, 4);
        long unit = Math.round(Math.pow(10, place));
        long rounded = BigDecimal.valueOf(value)
                        .divide(BigDecimal.valueOf(unit), 0, RoundingMode.HALF_UP)
                        .longValueExact()
                * unit;
        return Posed.of("Round %s to the nearest %d.".formatted(q.shown(value), unit), rounded);
    }
}

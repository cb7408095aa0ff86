package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/// Decimal fractions that stand for numbers that cannot be written as one, or that were not.
final class Rounding {
    /// A decimal fraction stands for the number it is rounded from when it shows so many digits.
    private static final int ROUNDED_DIGITS = 4;

    private Rounding() {}

    /// Whether the first is a decimal fraction to which the second, which is neither one nor an integer, rounds.
    static boolean isRounded(Expression decimal, Expression exact, Scalars scalars) {
        if (!(decimal instanceof Decimal(Rational value, int places))
                || exact instanceof Decimal
                || exact instanceof Expression.Number(Rational number) && number.isInteger()
                || shownDigits(value, places) < ROUNDED_DIGITS
                || !Rewriting.symbols(exact).isEmpty()) {
            return false;
        }
        Rational half = Rational.of(BigInteger.ONE, BigInteger.TWO.multiply(BigInteger.TEN.pow(places)));
        return scalars.value(exact, Map.of(), true)
                .filter(found ->
                        distance(found, value).compareTo(Complex.of(half).re()) <= 0)
                .isPresent();
    }

    private static BigDecimal distance(Complex found, Rational value) {
        return found.minus(Complex.of(value)).re().abs();
    }

    private static int shownDigits(Rational value, int places) {
        BigInteger digits =
                value.numerator().abs().multiply(BigInteger.TEN.pow(places)).divide(value.denominator());
        return digits.toString().length();
    }
}

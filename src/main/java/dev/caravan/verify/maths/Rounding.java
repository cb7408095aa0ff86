package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/// Decimal fractions that stand for numbers that cannot be written as one, or that were not.
final class Rounding {
    /// A decimal fraction stands for the number it is rounded from when it is so near to it: one part in ten
    /// thousand, as near as 0.3333 is to a third.
    private static final BigDecimal NEARNESS = BigDecimal.valueOf(9_999);

    /// A decimal fraction with so many digits was printed by a machine, and the last of them may be noise.
    private static final int MACHINE_DIGITS = 15;

    private static final int CERTAIN_DIGITS = 12;

    private Rounding() {}

    /// Whether the first is a decimal fraction to which the second rounds. One that could be written out, a decimal
    /// fraction or an integer, is not rounded, unless by a machine.
    static boolean isRounded(Expression decimal, Expression exact, Scalars scalars) {
        if (!(decimal instanceof Decimal(Rational value, int places))
                || !Rewriting.symbols(exact).isEmpty()) {
            return false;
        }
        int digits = shownDigits(value, places);
        boolean finite =
                exact instanceof Decimal || exact instanceof Expression.Number(Rational number) && number.isInteger();
        if (finite && digits < MACHINE_DIGITS) {
            return false;
        }
        int certain = digits < MACHINE_DIGITS ? places : Math.max(0, places - digits + CERTAIN_DIGITS);
        Rational half = Rational.of(BigInteger.ONE, BigInteger.TWO.multiply(BigInteger.TEN.pow(certain)));
        return scalars.value(exact, Map.of(), true)
                .map(found -> distance(found, value))
                .filter(distance -> distance.compareTo(Complex.of(half).re()) <= 0
                        && distance.multiply(NEARNESS)
                                        .compareTo(Complex.of(value).re().abs())
                                <= 0)
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

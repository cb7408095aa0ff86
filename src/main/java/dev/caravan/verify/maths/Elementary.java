package dev.caravan.verify.maths;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// The elementary functions of real numbers to about [#DIGITS] digits.
final class Elementary {
    static final int DIGITS = 50;
    static final MathContext PRECISION = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

    private static final BigDecimal LARGEST_EXPONENT = BigDecimal.valueOf(100_000_000);
    private static final BigDecimal LARGEST_ANGLE = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal NEGLIGIBLE = BigDecimal.ONE.movePointLeft(DIGITS + 5);

    static final BigDecimal PI = pi();
    private static final BigDecimal TWO_PI = PI.multiply(BigDecimal.TWO);
    private static final BigDecimal LN_TEN = lnOfMantissa(BigDecimal.TEN);

    private Elementary() {}

    static BigDecimal exp(BigDecimal x) {
        if (x.abs().compareTo(LARGEST_EXPONENT) > 0) {
            throw Undecided.noValue();
        }
        if (x.abs().compareTo(BigDecimal.ONE) < 0) {
            return expOfSmall(x);
        }
        int tens =
                x.divide(LN_TEN, PRECISION).setScale(0, RoundingMode.HALF_EVEN).intValueExact();
        return expOfSmall(x.subtract(LN_TEN.multiply(BigDecimal.valueOf(tens)), PRECISION))
                .scaleByPowerOfTen(tens);
    }

    /// The natural logarithm of a positive number.
    static BigDecimal ln(BigDecimal x) {
        int tens = x.precision() - x.scale() - 1;
        BigDecimal ofTens = LN_TEN.multiply(BigDecimal.valueOf(tens), PRECISION);
        return lnOfMantissa(x.scaleByPowerOfTen(-tens)).add(ofTens, PRECISION);
    }

    static BigDecimal sin(BigDecimal x) {
        BigDecimal angle = reduced(x);
        return alternating(angle, angle, 1);
    }

    static BigDecimal cos(BigDecimal x) {
        return alternating(BigDecimal.ONE, reduced(x), 0);
    }

    /// Between minus and plus a half of pi.
    static BigDecimal atan(BigDecimal x) {
        BigDecimal guess = new BigDecimal(Math.atan(x.doubleValue()));
        BigDecimal sine = sin(guess);
        BigDecimal cosine = cos(guess);
        BigDecimal denominator = cosine.add(x.multiply(sine), PRECISION);
        BigDecimal rest = x.multiply(cosine)
                .subtract(sine, PRECISION)
                .divide(denominator, PRECISION); // the tangent of what the guess lacks, about 1e-16
        BigDecimal square = rest.multiply(rest, PRECISION);
        BigDecimal third = square.divide(BigDecimal.valueOf(3), PRECISION);
        BigDecimal fifth = square.multiply(square, PRECISION).divide(BigDecimal.valueOf(5), PRECISION);
        BigDecimal series = BigDecimal.ONE.subtract(third, PRECISION).add(fifth, PRECISION);
        return guess.add(rest.multiply(series, PRECISION), PRECISION);
    }

    private static BigDecimal reduced(BigDecimal angle) {
        if (angle.abs().compareTo(LARGEST_ANGLE) > 0) {
            throw Undecided.noValue();
        }
        if (angle.abs().compareTo(BigDecimal.ONE) < 0) {
            return angle;
        }
        BigDecimal turns = angle.divide(TWO_PI, PRECISION).setScale(0, RoundingMode.HALF_EVEN);
        return angle.subtract(turns.multiply(TWO_PI), PRECISION);
    }

    /// `first - first x² / ((n+1)(n+2)) + …`
    private static BigDecimal alternating(BigDecimal first, BigDecimal x, int n) {
        BigDecimal square = x.multiply(x, PRECISION);
        BigDecimal term = first;
        BigDecimal sum = first;
        for (int i = n; term.abs().compareTo(NEGLIGIBLE) > 0; i += 2) {
            term = term.multiply(square, PRECISION)
                    .divide(BigDecimal.valueOf((i + 1L) * (i + 2L)), PRECISION)
                    .negate();
            sum = sum.add(term, PRECISION);
        }
        return sum;
    }

    private static BigDecimal expOfSmall(BigDecimal x) {
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int i = 1; term.abs().compareTo(NEGLIGIBLE) > 0; i++) {
            term = term.multiply(x, PRECISION).divide(BigDecimal.valueOf(i), PRECISION);
            sum = sum.add(term, PRECISION);
        }
        return sum;
    }

    /// Two of Halley's steps, each of which triples the digits.
    private static BigDecimal lnOfMantissa(BigDecimal x) {
        BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
        for (int i = 0; i < 2; i++) {
            BigDecimal power = expOfSmall(y);
            BigDecimal step = x.subtract(power).divide(x.add(power), PRECISION);
            y = y.add(step.multiply(BigDecimal.TWO), PRECISION);
        }
        return y;
    }

    /// [Machin's formula](https://en.wikipedia.org/wiki/Machin-like_formula): `16 atan(1/5) - 4 atan(1/239)`.
    private static BigDecimal pi() {
        return inverseTangentOfReciprocal(5)
                .multiply(BigDecimal.valueOf(16))
                .subtract(inverseTangentOfReciprocal(239).multiply(BigDecimal.valueOf(4)));
    }

    private static BigDecimal inverseTangentOfReciprocal(int n) {
        int scale = DIGITS + 20;
        BigDecimal square = BigDecimal.valueOf((long) n * n);
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), scale, RoundingMode.HALF_EVEN);
        BigDecimal sum = power;
        for (int i = 3; power.signum() != 0; i += 2) {
            power = power.divide(square, scale, RoundingMode.HALF_EVEN).negate();
            sum = sum.add(power.divide(BigDecimal.valueOf(i), scale, RoundingMode.HALF_EVEN));
        }
        return sum;
    }
}

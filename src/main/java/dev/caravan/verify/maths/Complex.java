package dev.caravan.verify.maths;

import static dev.caravan.verify.maths.Elementary.PRECISION;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A complex number to [Elementary#DIGITS] digits.
record Complex(BigDecimal re, BigDecimal im) {
    static final Complex ONE = of(BigDecimal.ONE);
    static final Complex I = new Complex(BigDecimal.ZERO, BigDecimal.ONE);

    /// Distance below which two values count as equal; a relative one for values above one.
    private static final BigDecimal TOLERANCE = BigDecimal.ONE.movePointLeft(32);

    private static final int LARGEST_SCALE = 100_000_000;

    Complex {
        if (outOfRange(re) || outOfRange(im)) {
            throw Undecided.noValue();
        }
    }

    static Complex of(BigDecimal value) {
        return new Complex(value, BigDecimal.ZERO);
    }

    static Complex of(Rational value) {
        return of(new BigDecimal(value.numerator()).divide(new BigDecimal(value.denominator()), PRECISION));
    }

    boolean isReal() {
        return im.signum() == 0;
    }

    boolean isZero() {
        return re.signum() == 0 && im.signum() == 0;
    }

    Complex plus(Complex other) {
        return new Complex(re.add(other.re, PRECISION), im.add(other.im, PRECISION));
    }

    Complex minus(Complex other) {
        return plus(other.negate());
    }

    Complex negate() {
        return new Complex(re.negate(), im.negate());
    }

    Complex times(Complex other) {
        if (isReal() && other.isReal()) {
            return of(re.multiply(other.re, PRECISION));
        }
        return new Complex(
                re.multiply(other.re).subtract(im.multiply(other.im), PRECISION),
                re.multiply(other.im).add(im.multiply(other.re), PRECISION));
    }

    Complex over(Complex other) {
        if (other.isZero()) {
            throw Undecided.noValue();
        }
        if (isReal() && other.isReal()) {
            return of(re.divide(other.re, PRECISION));
        }
        BigDecimal norm = other.squaredSize();
        Complex product = times(new Complex(other.re, other.im.negate()));
        return new Complex(product.re.divide(norm, PRECISION), product.im.divide(norm, PRECISION));
    }

    Complex exp() {
        BigDecimal size = Elementary.exp(re);
        return isReal()
                ? of(size)
                : new Complex(
                        size.multiply(Elementary.cos(im), PRECISION), size.multiply(Elementary.sin(im), PRECISION));
    }

    /// The principal value.
    Complex ln() {
        if (isZero()) {
            throw Undecided.noValue();
        }
        BigDecimal half = new BigDecimal("0.5");
        return isReal() && re.signum() > 0
                ? of(Elementary.ln(re))
                : new Complex(Elementary.ln(squaredSize()).multiply(half, PRECISION), angle());
    }

    Complex abs() {
        return of(isReal() ? re.abs() : squaredSize().sqrt(PRECISION));
    }

    Complex floor() {
        if (!isReal() || re.precision() - re.scale() > Elementary.DIGITS) {
            throw Undecided.noValue();
        }
        if (re.abs().compareTo(BigDecimal.ONE) < 0) { // may be too small to be scaled
            return of(BigDecimal.valueOf(re.signum() < 0 ? -1 : 0));
        }
        return of(re.setScale(0, RoundingMode.FLOOR));
    }

    /// Whether the two agree to about 32 digits.
    boolean isNear(Complex other) {
        BigDecimal scale = largest().max(other.largest()).max(BigDecimal.ONE);
        return minus(other).largest().compareTo(scale.multiply(TOLERANCE)) <= 0;
    }

    private BigDecimal largest() {
        return re.abs().max(im.abs());
    }

    private BigDecimal squaredSize() {
        return re.multiply(re).add(im.multiply(im), PRECISION);
    }

    private BigDecimal angle() {
        if (re.signum() == 0) {
            BigDecimal quarter = Elementary.PI.divide(BigDecimal.TWO, PRECISION);
            return im.signum() < 0 ? quarter.negate() : quarter;
        }
        BigDecimal slope = Elementary.atan(im.divide(re, PRECISION));
        if (re.signum() > 0) {
            return slope;
        }
        return im.signum() < 0 ? slope.subtract(Elementary.PI, PRECISION) : slope.add(Elementary.PI, PRECISION);
    }

    private static boolean outOfRange(BigDecimal value) {
        return Math.abs((long) value.scale()) > LARGEST_SCALE;
    }
}

package dev.caravan.verify.maths;

import java.math.BigInteger;

/// An exact fraction in lowest terms with a positive denominator.
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
    static final Rational ZERO = of(0);
    static final Rational ONE = of(1);

    static Rational of(long value) {
        return of(BigInteger.valueOf(value));
    }

    static Rational of(BigInteger value) {
        return new Rational(value, BigInteger.ONE);
    }

    /// @param denominator not zero
    static Rational of(BigInteger numerator, BigInteger denominator) {
        BigInteger common = numerator.gcd(denominator);
        BigInteger divisor = denominator.signum() < 0 ? common.negate() : common;
        return new Rational(numerator.divide(divisor), denominator.divide(divisor));
    }

    Rational plus(Rational other) {
        return of(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational times(Rational other) {
        return of(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Rational negate() {
        return new Rational(numerator.negate(), denominator);
    }

    Rational minus(Rational other) {
        return plus(other.negate());
    }

    /// The reciprocal of a number that is not zero.
    Rational reciprocal() {
        return of(denominator, numerator);
    }

    Rational power(int exponent) {
        Rational base = exponent < 0 ? reciprocal() : this;
        int times = Math.abs(exponent);
        return new Rational(base.numerator.pow(times), base.denominator.pow(times));
    }

    boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    /// Whether it is an integer of at most 31 bits.
    boolean isSmallInteger() {
        return isInteger() && numerator.bitLength() < 31;
    }

    int signum() {
        return numerator.signum();
    }

    int bits() {
        return numerator.bitLength() + denominator.bitLength();
    }

    @Override
    public int compareTo(Rational other) {
        return minus(other).signum();
    }
}

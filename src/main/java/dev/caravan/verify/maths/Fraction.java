package dev.caravan.verify.maths;

import java.util.Iterator;
import java.util.Optional;

/// A quotient of polynomials, not reduced; the denominator is not zero.
record Fraction(Polynomial numerator, Polynomial denominator) {
    static Fraction of(Rational value) {
        return of(Polynomial.of(value));
    }

    static Fraction of(Polynomial polynomial) {
        return new Fraction(polynomial, Polynomial.ONE);
    }

    Fraction plus(Fraction other, Steps steps) {
        if (denominator.equals(other.denominator)) {
            return new Fraction(numerator.plus(other.numerator, steps), denominator);
        }
        return new Fraction(
                numerator.times(other.denominator, steps).plus(other.numerator.times(denominator, steps), steps),
                denominator.times(other.denominator, steps));
    }

    Fraction times(Fraction other, Steps steps) {
        return new Fraction(numerator.times(other.numerator, steps), denominator.times(other.denominator, steps));
    }

    Fraction over(Fraction other, Steps steps) {
        if (other.numerator.isZero()) {
            throw Undecided.noValue();
        }
        return times(new Fraction(other.denominator, other.numerator), steps);
    }

    Fraction negate(Steps steps) {
        return new Fraction(numerator.times(Rational.of(-1), steps), denominator);
    }

    Fraction minus(Fraction other, Steps steps) {
        return plus(other.negate(steps), steps);
    }

    boolean isZero() {
        return numerator.isZero();
    }

    /// The value of a fraction in which no unknown occurs.
    Optional<Rational> rational() {
        boolean known = numerator.isRational() && denominator.isRational();
        return known
                ? Optional.of(numerator.rational().times(denominator.rational().reciprocal()))
                : Optional.empty();
    }

    /// The rational number that this is times the other, where there is one.
    Optional<Rational> multipleOf(Fraction other, Steps steps) {
        Polynomial left = numerator.times(other.denominator, steps);
        Polynomial right = other.numerator.times(denominator, steps);
        Iterator<Monomial> monomials = right.terms().keySet().iterator();
        if (!monomials.hasNext()) {
            return Optional.empty();
        }
        Monomial any = monomials.next();
        Rational coefficient = left.terms().getOrDefault(any, Rational.ZERO);
        Rational multiple =
                coefficient.times(right.terms().getOrDefault(any, Rational.ONE).reciprocal());
        boolean exact = right.times(multiple.negate(), steps).plus(left, steps).isZero();
        return exact && multiple.signum() != 0 ? Optional.of(multiple) : Optional.empty();
    }
}

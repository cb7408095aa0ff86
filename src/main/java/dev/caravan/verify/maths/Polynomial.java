package dev.caravan.verify.maths;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// A sum of monomials with rational coefficients. Zero has no monomials, and no coefficient is zero.
record Polynomial(Map<Monomial, Rational> terms) {
    static final Polynomial ZERO = new Polynomial(Map.of());
    static final Polynomial ONE = of(Rational.ONE);

    static Polynomial of(Rational value) {
        return value.signum() == 0 ? ZERO : new Polynomial(Map.of(Monomial.ONE, value));
    }

    static Polynomial of(Monomial monomial) {
        return new Polynomial(Map.of(monomial, Rational.ONE));
    }

    Polynomial plus(Polynomial other, Steps steps) {
        if (terms.isEmpty()) {
            return other;
        }
        var sum = new LinkedHashMap<>(terms);
        other.terms.forEach((monomial, coefficient) -> add(sum, monomial, coefficient, steps));
        return new Polynomial(sum);
    }

    Polynomial times(Polynomial other, Steps steps) {
        var product = new HashMap<Monomial, Rational>();
        terms.forEach((left, a) -> other.terms.forEach((right, b) -> {
            steps.spend(left.work(right));
            Monomial.Scaled scaled = left.times(right);
            add(product, scaled.monomial(), a.times(b).times(scaled.by()), steps);
        }));
        return new Polynomial(product);
    }

    Polynomial times(Rational factor, Steps steps) {
        return times(of(factor), steps);
    }

    boolean isZero() {
        return terms.isEmpty();
    }

    /// Whether no symbol or other unknown occurs.
    boolean isRational() {
        return terms.isEmpty() || terms.size() == 1 && terms.containsKey(Monomial.ONE);
    }

    /// The value where [#isRational].
    Rational rational() {
        return terms.getOrDefault(Monomial.ONE, Rational.ZERO);
    }

    private static void add(Map<Monomial, Rational> sum, Monomial monomial, Rational summand, Steps steps) {
        steps.spend(2 + summand.bits() / 32);
        Rational before = sum.get(monomial);
        Rational after = before == null ? summand : before.plus(summand);
        if (after.signum() == 0) {
            sum.remove(monomial);
        } else {
            sum.put(monomial, after);
        }
    }
}

package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Constant;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/// A product of powers of unknowns and of the square root of one square-free integer. An unknown is a symbol, a
/// constant, or a part of a formula that is not looked into.
///
/// @param powers unknown to its exponent, at least one
/// @param radicand what stands under the square root; one where there is none
record Monomial(Map<Expression, Integer> powers, BigInteger radicand) {
    static final Monomial ONE = new Monomial(Map.of(), BigInteger.ONE);

    /// A monomial times a number.
    record Scaled(Monomial monomial, Rational by) {}

    static Monomial of(Expression unknown) {
        return new Monomial(Map.of(unknown, 1), BigInteger.ONE);
    }

    static Monomial squareRoot(BigInteger radicand) {
        return new Monomial(Map.of(), radicand);
    }

    /// Steps of multiplying it by the other.
    int work(Monomial other) {
        return isOne() || other.isOne() ? 1 : 8 + 8 * (powers.size() + other.powers.size());
    }

    private boolean isOne() {
        return powers.isEmpty() && radicand.equals(BigInteger.ONE);
    }

    /// Spread by hand: a map's own sum of `key ^ value` is nearly the same for all monomials of one degree.
    @Override
    public int hashCode() {
        int hash = radicand.hashCode();
        for (var power : powers.entrySet()) {
            int each = (31 * power.getKey().hashCode() + power.getValue()) * 0x9E3779B9;
            hash += each ^ each >>> 15;
        }
        return hash;
    }

    /// The product, in which the square of the imaginary unit is minus one and no radicand has a square in it.
    Scaled times(Monomial other) {
        if (other.isOne()) return new Scaled(this, Rational.ONE);
        if (isOne()) return new Scaled(other, Rational.ONE);
        BigInteger common = radicand.gcd(other.radicand);
        BigInteger rest = radicand.divide(common).multiply(other.radicand.divide(common));
        var product = new HashMap<>(powers);
        other.powers.forEach((unknown, exponent) -> product.merge(unknown, exponent, Integer::sum));
        int turns = product.getOrDefault(Constant.I, 0);
        if (turns >= 2) {
            product.remove(Constant.I);
            if (turns % 2 == 1) {
                product.put(Constant.I, 1);
            }
        }
        Rational by = Rational.of(turns % 4 >= 2 ? common.negate() : common);
        return new Scaled(new Monomial(Map.copyOf(product), rest), by);
    }
}

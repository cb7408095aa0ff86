package dev.caravan.verify.maths;

import java.math.BigInteger;
import java.util.Optional;

/// Roots of integers that are not negative.
final class Roots {
    private static final int LARGEST_DIVISOR = 1_000;

    private Roots() {}

    /// `factor` times the square root of `radicand`.
    record Surd(BigInteger factor, BigInteger radicand) {
        /// Both divided out before: the radicands have no common divisor.
        private Surd times(BigInteger moreFactor, BigInteger moreRadicand) {
            return new Surd(factor.multiply(moreFactor), radicand.multiply(moreRadicand));
        }
    }

    /// The root where it is an integer.
    static Optional<BigInteger> exact(BigInteger value, int index) {
        if (index == 2) {
            BigInteger[] root = value.sqrtAndRemainder();
            return root[1].signum() == 0 ? Optional.of(root[0]) : Optional.empty();
        }
        BigInteger root = floor(value, index);
        return root.pow(index).equals(value) ? Optional.of(root) : Optional.empty();
    }

    /// The square factors of primes up to a bound, and those of a square that is left, are taken out.
    static Surd surd(BigInteger value) {
        BigInteger factor = BigInteger.ONE;
        BigInteger radicand = BigInteger.ONE;
        BigInteger rest = value;
        for (int d = 2; d <= LARGEST_DIVISOR && rest.compareTo(BigInteger.valueOf((long) d * d)) >= 0; d++) {
            BigInteger divisor = BigInteger.valueOf(d);
            while (rest.mod(divisor).signum() == 0) {
                rest = rest.divide(divisor);
                boolean paired = radicand.mod(divisor).signum() == 0;
                radicand = paired ? radicand.divide(divisor) : radicand.multiply(divisor);
                factor = paired ? factor.multiply(divisor) : factor;
            }
        }
        Optional<BigInteger> square = exact(rest, 2);
        return square.map(root -> new Surd(root, BigInteger.ONE))
                .orElse(new Surd(BigInteger.ONE, rest))
                .times(factor, radicand);
    }

    private static BigInteger floor(BigInteger value, int index) {
        if (value.signum() == 0) {
            return value;
        }
        BigInteger root = BigInteger.ZERO;
        for (int bit = value.bitLength() / index; bit >= 0; bit--) {
            BigInteger next = root.setBit(bit);
            if (next.pow(index).compareTo(value) <= 0) {
                root = next;
            }
        }
        return root;
    }
}

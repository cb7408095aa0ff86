package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Expression.Decimal;
import java.math.BigInteger;
import java.util.Optional;

/// Numbers as they are written.
final class Literals {
    private static final int MOST_DIGITS = 1_000;
    private static final int SMALLEST_BASE = 2;

    private Literals() {}

    /// @param text digits with at most one point; three dots behind them say that they go on with a period
    static Expression of(String text) {
        if (text.length() > MOST_DIGITS) {
            throw Undecided.unreadable();
        }
        boolean endless = text.endsWith("…");
        String digits = endless ? text.substring(0, text.length() - 1) : text;
        int point = digits.indexOf('.');
        if (endless && point < 0) {
            throw Undecided.unreadable(); // a sequence that goes on
        }
        if (point < 0) {
            return new Expression.Number(Rational.of(new BigInteger(digits)));
        }
        String whole = digits.substring(0, point);
        String fraction = digits.substring(point + 1);
        return endless ? continued(whole, fraction) : decimal(whole, fraction);
    }

    /// `period` repeats for ever behind the digits of a decimal fraction.
    static Expression repeating(String digits, String period) {
        int point = digits.indexOf('.');
        if (point < 0 || period.isEmpty() || period.length() + digits.length() > MOST_DIGITS) {
            throw Undecided.unreadable();
        }
        String fraction = digits.substring(point + 1);
        Rational known = value(digits.substring(0, point), fraction);
        BigInteger nines = BigInteger.TEN.pow(period.length()).subtract(BigInteger.ONE);
        Rational rest = Rational.of(new BigInteger(period), nines.multiply(BigInteger.TEN.pow(fraction.length())));
        return new Expression.Number(known.plus(rest));
    }

    /// The value of digits to a base, empty where one of them is none in it.
    static Optional<Expression> toBase(String digits, int base) {
        boolean valid = base >= SMALLEST_BASE
                && base <= Character.MAX_RADIX
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(digit -> Character.digit(digit, base) >= 0);
        return valid ? Optional.of(new Expression.Number(Rational.of(new BigInteger(digits, base)))) : Optional.empty();
    }

    private static Expression decimal(String whole, String fraction) {
        return new Decimal(value(whole, fraction), fraction.length());
    }

    private static Rational value(String whole, String fraction) {
        if (fraction.endsWith("…")) {
            throw Undecided.unreadable();
        }
        BigInteger all = new BigInteger("0" + whole + fraction);
        return Rational.of(all, BigInteger.TEN.pow(fraction.length()));
    }

    /// The shortest period that the last digits show at least twice; a plain decimal where none does.
    private static Expression continued(String whole, String fraction) {
        int length = fraction.length();
        for (int period = 1; 2 * period <= length; period++) {
            String last = fraction.substring(length - period);
            if (fraction.startsWith(last, length - 2 * period)) {
                return repeating(whole + "." + fraction.substring(0, length - period), last);
            }
        }
        return decimal(whole, fraction);
    }
}

package dev.caravan.verify;

import java.util.Optional;

/// Numbers in running text, read in one pass: every character is looked at a bounded number of times.
///
/// Digits are the decimal digits of Unicode, as `\d` is in Python.
final class Numbers {
    private final CharSequence text;
    private final Compat compat;

    private Numbers(CharSequence text, Compat compat) {
        this.text = text;
        this.compat = compat;
    }

    /// The last number of the text as it is written there. A number is digits, or an optional sign with a decimal
    /// fraction, whose whole part may be missing. Whether an integer has a sign depends on `compat`.
    static Optional<String> last(CharSequence text, Compat compat) {
        return new Numbers(text, compat).last();
    }

    /// The text without the commas that stand between two digits. One pass, as in the release: after a comma was
    /// taken out the digit behind it is spent, so `1,2,3` becomes `12,3`.
    static String withoutThousandsSeparators(CharSequence text) {
        var result = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            result.append(text.charAt(i));
            if (isSeparated(text, i)) {
                result.append(text.charAt(i + 2));
                i += 3;
            } else {
                i++;
            }
        }
        return result.toString();
    }

    /// One spelling for equal numbers: no plus sign, no needless zeros, ASCII digits; `+018.50` is `18.5`.
    ///
    /// @param number as [#last] returns it
    static String canonical(String number) {
        boolean negative = number.charAt(0) == '-';
        String unsigned = isSign(number.charAt(0)) ? number.substring(1) : number;
        int point = unsigned.indexOf('.');
        String whole = asciiDigits(point < 0 ? unsigned : unsigned.substring(0, point));
        String fraction = asciiDigits(point < 0 ? "" : unsigned.substring(point + 1));
        String digits = stripLeadingZeros(whole) + withPoint(stripTrailingZeros(fraction));
        return negative && !digits.equals("0") ? "-" + digits : digits;
    }

    private static boolean isSeparated(CharSequence text, int i) {
        return i + 2 < text.length()
                && Character.isDigit(text.charAt(i))
                && text.charAt(i + 1) == ','
                && Character.isDigit(text.charAt(i + 2));
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+';
    }

    private static String asciiDigits(String digits) {
        var ascii = new StringBuilder(digits.length());
        digits.chars().forEach(digit -> ascii.append(Character.digit(digit, 10)));
        return ascii.toString();
    }

    private static String stripLeadingZeros(String digits) {
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        return digits.isEmpty() ? "0" : digits.substring(from);
    }

    private static String stripTrailingZeros(String digits) {
        int to = digits.length();
        while (to > 0 && digits.charAt(to - 1) == '0') {
            to--;
        }
        return digits.substring(0, to);
    }

    private static String withPoint(String fraction) {
        return fraction.isEmpty() ? "" : "." + fraction;
    }

    private Optional<String> last() {
        int from = 0;
        int to = 0;
        char before = ' '; // the nearest character on the left that is no space
        int i = 0;
        while (i < text.length()) {
            int end = end(i, before);
            if (end > i) {
                from = i;
                to = end;
                i = end;
            } else {
                i++;
            }
            char passed = text.charAt(i - 1);
            before = passed == ' ' ? before : passed;
        }
        return to == 0
                ? Optional.empty()
                : Optional.of(text.subSequence(from, to).toString());
    }

    /// Where the number that starts at `i` ends, or `i` when none starts there.
    private int end(int i, char before) {
        boolean signed = isSign(text.charAt(i));
        if (signed && !signBelongsToNumber(before)) {
            return i;
        }
        int whole = digitsFrom(signed ? i + 1 : i);
        int fraction = whole < text.length() && text.charAt(whole) == '.' ? digitsFrom(whole + 1) : whole;
        if (fraction > whole + 1) {
            return fraction;
        }
        boolean integer = whole > (signed ? i + 1 : i);
        return integer && (!signed || integersAreSigned()) ? whole : i;
    }

    /// In `16-12` and `16 -12` the minus is an operator between two numbers; the release took it for a sign where a
    /// decimal followed.
    private boolean signBelongsToNumber(char before) {
        return switch (compat) {
            case CURRENT -> !Character.isDigit(before);
            case TULU3 -> true;
        };
    }

    private boolean integersAreSigned() {
        return switch (compat) {
            case CURRENT -> true;
            case TULU3 -> false;
        };
    }

    private int digitsFrom(int i) {
        int end = i;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}

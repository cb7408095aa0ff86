package dev.caravan.verify.maths;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// The string normal form of the MATH benchmark ([Hendrycks et al. 2021](https://arxiv.org/abs/2103.03874)): two
/// answers that differ in spacing, units, or the spelling of fractions and roots only have the same one.
public final class Hendrycks {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final String UNIT_MARK = "\\text{ ";
    private static final int LONGEST_INTEGER = 4_000;

    private Hendrycks() {}

    /// The normal form, empty where the rules break down on the text: a fraction or root at its end without
    /// arguments, a second unit, or a slash between things that are no integers.
    public static Optional<String> normalForm(String answer) {
        String text = answer.replace("\n", "")
                .replace("\\!", "")
                .replace("\\\\", "\\")
                .replace("tfrac", "frac")
                .replace("dfrac", "frac")
                .replace("\\left", "")
                .replace("\\right", "")
                .replace("^{\\circ}", "")
                .replace("^\\circ", "")
                .replace("\\$", "");
        return withoutUnit(text).flatMap(Hendrycks::withoutSpelling);
    }

    /// Whether both have one normal form, or are the same text where the rules break down on one of them.
    public static boolean equal(String one, String other) {
        Optional<String> left = normalForm(one);
        Optional<String> right = normalForm(other);
        return left.isPresent() && right.isPresent() ? left.equals(right) : one.equals(other);
    }

    private static Optional<String> withoutUnit(String text) {
        int unit = text.indexOf(UNIT_MARK);
        if (unit < 0) {
            return Optional.of(text);
        }
        boolean second = text.indexOf(UNIT_MARK, unit + UNIT_MARK.length()) >= 0;
        return second ? Optional.empty() : Optional.of(text.substring(0, unit));
    }

    private static Optional<String> withoutSpelling(String text) {
        String decimal = text.replace("\\%", "").replace(" .", " 0.").replace("{.", "{0.");
        if (decimal.isEmpty()) {
            return Optional.of(decimal);
        }
        String valued = value(decimal.startsWith(".") ? "0" + decimal : decimal);
        return bracedRoots(valued)
                .map(text2 -> text2.replace(" ", ""))
                .flatMap(Hendrycks::bracedFractions)
                .map(text2 -> text2.equals("0.5") ? "\\frac{1}{2}" : text2)
                .flatMap(Hendrycks::slashAsFraction);
    }

    /// What stands behind the only equals sign, if a short name stands before it.
    private static String value(String text) {
        int equals = text.indexOf('=');
        boolean only = equals >= 0 && equals == text.lastIndexOf('=');
        return only && equals <= 2 ? text.substring(equals + 1) : text;
    }

    private static Optional<String> bracedRoots(String text) {
        String[] parts = text.split("\\\\sqrt", -1);
        var braced = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].isEmpty()) {
                return Optional.empty();
            }
            String first = parts[i].substring(0, 1);
            braced.append("\\sqrt").append(first.equals("{") ? first : "{" + first + "}");
            braced.append(parts[i], 1, parts[i].length());
        }
        return Optional.of(braced.toString());
    }

    /// `\frac12` becomes `\frac{1}{2}`; the whole text is left alone where a fraction has one argument only.
    private static Optional<String> bracedFractions(String text) {
        String[] parts = text.split("\\\\frac", -1);
        var braced = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i];
            if (part.isEmpty()) {
                return Optional.empty();
            }
            if (part.charAt(0) != '{' && part.length() < 2) {
                return Optional.of(text);
            }
            braced.append("\\frac").append(part.charAt(0) == '{' ? part : bracedArguments(part));
        }
        return Optional.of(braced.toString());
    }

    private static String bracedArguments(String part) {
        String numerator = "{" + part.charAt(0) + "}";
        char next = part.charAt(1);
        return numerator + (next == '{' ? part.substring(1) : "{" + next + "}" + part.substring(2));
    }

    private static Optional<String> slashAsFraction(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || slash != text.lastIndexOf('/')) {
            return Optional.of(text);
        }
        String numerator = text.substring(0, slash);
        String denominator = text.substring(slash + 1);
        if (!isInteger(numerator) || !isInteger(denominator)) {
            return Optional.empty();
        }
        boolean plain = isPlain(numerator) && isPlain(denominator);
        return Optional.of(plain ? "\\frac{" + numerator + "}{" + denominator + "}" : text);
    }

    private static boolean isInteger(String text) {
        return text.length() <= LONGEST_INTEGER && INTEGER.matcher(text).matches();
    }

    /// No sign of plus and no leading zeros.
    private static boolean isPlain(String integer) {
        return new BigInteger(integer).toString().equals(integer);
    }
}

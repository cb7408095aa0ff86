package dev.caravan.verify.instructions;

import java.util.regex.Pattern;

/// A word with what Punkt has decided about it so far.
final class PunktToken {
    private static final String NUMBER = "##number##";
    private static final Pattern NUMERIC = Pattern.compile("-?[.,]?\\p{Nd}[\\p{Nd},.-]*");

    final String text;
    final String type;
    boolean isBreak;
    boolean isAbbreviation;

    PunktToken(String text) {
        this.text = text;
        String small = PythonText.lower(text);
        this.type = NUMERIC.matcher(small).matches() ? NUMBER : small;
    }

    boolean endsInFullStop() {
        return text.endsWith(".");
    }

    boolean isEllipsis() {
        return text.length() > 1 && text.chars().allMatch(c -> c == '.');
    }

    boolean isNumber() {
        return typeWithoutFullStop().equals(NUMBER);
    }

    /// A single letter with its full stop.
    boolean isInitial() {
        int first = text.codePointAt(0);
        return text.length() == Character.charCount(first) + 1
                && endsInFullStop()
                && PythonText.isWord(first)
                && !Character.isDigit(first);
    }

    boolean startsWithCapital() {
        return PythonText.isUpper(Character.toString(text.codePointAt(0)));
    }

    boolean startsSmall() {
        return PythonText.isLower(Character.toString(text.codePointAt(0)));
    }

    String typeWithoutFullStop() {
        return type.length() > 1 && type.endsWith(".") ? type.substring(0, type.length() - 1) : type;
    }

    String typeWithoutBreak() {
        return isBreak ? typeWithoutFullStop() : type;
    }
}

package dev.caravan.verify.maths;

import java.util.List;

/// Cuts numbers out of a written answer: thousands in groups, a decimal fraction, dots that let it go on.
///
/// @param listed whether a comma between digits separates answers even where it could separate thousands
record NumberLexer(String text, boolean listed) {
    private static final List<String> ELLIPSES = List.of("...", "…", "\\ldots", "\\dots", "\\cdots");

    /// A number without its separators, with `…` behind it where it goes on, and where it ends in the text.
    record Numeral(String digits, int end) {}

    /// The number that starts at a digit or at a point before one.
    Numeral at(int start, boolean bracketed, boolean tabled) {
        var digits = new StringBuilder();
        int end = thousands(digits(start, digits), digits, bracketed, tabled);
        if (end < text.length() && text.charAt(end) == '.' && digits.indexOf(".") < 0) {
            end = fraction(end, digits);
        }
        String dots = ellipsis(end);
        return new Numeral(digits.append(dots.isEmpty() ? "" : "…").toString(), end + dots.length());
    }

    /// Dots right behind a decimal fraction say that it goes on.
    private String ellipsis(int at) {
        for (String dots : ELLIPSES) {
            if (text.startsWith(dots, at)) {
                return dots;
            }
        }
        return "";
    }

    private int digits(int from, StringBuilder digits) {
        int end = from;
        while (end < text.length() && Lexer.isDigit(text.charAt(end))) {
            digits.append((char) ('0' + Character.digit(text.charAt(end), 10)));
            end++;
        }
        return end;
    }

    private int fraction(int point, StringBuilder digits) {
        boolean more = point + 1 < text.length() && Lexer.isDigit(text.charAt(point + 1));
        boolean repeated = text.startsWith("\\overline", point + 1)
                || text.startsWith("\\dot", point + 1) && !text.startsWith("\\dots", point + 1)
                || text.startsWith("\\bar", point + 1);
        if (!more && !repeated) {
            return point;
        }
        digits.append(digits.isEmpty() ? "0." : ".");
        return digits(point + 1, digits);
    }

    /// Groups of three digits behind up to three first ones. A bare comma separates thousands only outside of
    /// brackets, and a space only outside of tables.
    private int thousands(int end, StringBuilder digits, boolean bracketed, boolean tabled) {
        if (digits.length() > 3 || digits.isEmpty()) {
            return end;
        }
        int done = end;
        while (true) {
            int group = groupAfter(done, bracketed, tabled);
            if (group < 0 || digits.charAt(0) == '0') {
                return done;
            }
            digits.append(text, group, group + 3);
            done = group + 3;
        }
    }

    /// Where a group of three digits starts that belongs to the number that ends at `end`, or -1.
    private int groupAfter(int end, boolean bracketed, boolean tabled) {
        int i = end;
        boolean comma = false;
        boolean thin = false;
        while (i < text.length() && i - end < 8) {
            char c = text.charAt(i);
            if (c == ',' && !comma) {
                comma = true;
                thin |= i > end && text.charAt(i - 1) == '{';
            } else if (c == '\\' && i + 1 < text.length() && (comma ? "!" : "!, ;").indexOf(text.charAt(i + 1)) >= 0) {
                thin = true;
                i++;
            } else if (c != ' ' && !(c == '{' && text.startsWith(",", afterSpaces(i + 1))) && !(c == '}' && comma)) {
                break;
            } else {
                thin |= c == '{';
            }
            i++;
        }
        boolean group = i > end && isGroup(i);
        return group && separates(text.substring(end, i), comma, thin, bracketed, tabled) ? i : -1;
    }

    private int afterSpaces(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    private boolean separates(String between, boolean comma, boolean thin, boolean bracketed, boolean tabled) {
        if (thin) {
            return true;
        }
        if (comma) {
            return between.equals(",") && !bracketed && !tabled && !listed;
        }
        return between.equals(" ") && !tabled;
    }

    private boolean isGroup(int from) {
        if (from + 3 > text.length() || from + 3 < text.length() && Lexer.isDigit(text.charAt(from + 3))) {
            return false;
        }
        return Lexer.isDigit(text.charAt(from))
                && Lexer.isDigit(text.charAt(from + 1))
                && Lexer.isDigit(text.charAt(from + 2));
    }
}

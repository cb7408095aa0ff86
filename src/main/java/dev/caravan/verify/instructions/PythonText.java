package dev.caravan.verify.instructions;

import dev.caravan.text.Lowercase;
import dev.caravan.text.Uppercase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Text as Python takes it, where Java differs: what is white space, what belongs to a word, what is upper case.
/// The reference checkers are Python; their verdicts hang on these classes of characters.
final class PythonText {
    /// White space as a class of a regular expression.
    static final String SPACE =
            "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

    /// `\w` as a class of a regular expression.
    static final String WORD = "[\\p{L}\\p{N}_]";

    private PythonText() {}

    static boolean isSpace(int c) {
        return c <= ' ' ? c == ' ' || c >= '\t' && c <= '\r' || c >= 0x1c : isSpaceBeyondAscii(c);
    }

    private static boolean isSpaceBeyondAscii(int c) {
        return c == 0x85 || c >= 0xa0 && Character.isSpaceChar(c);
    }

    /// `\w`: a letter, a number of any kind or the underscore; unlike in Java no combining mark.
    static boolean isWord(int c) {
        return c == '_' || Character.isLetter(c) || isNumeric(c);
    }

    private static boolean isNumeric(int c) {
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    static boolean isBlank(String text) {
        return strip(text).isEmpty();
    }

    static String strip(String text) {
        return stripEnd(text.substring(endOf(text, 0, PythonText::isSpace)));
    }

    static String stripEnd(String text) {
        return stripEnd(text, PythonText::isSpace);
    }

    /// The text without the characters at both ends that are `edge`.
    static String strip(String text, char edge) {
        return stripEnd(stripStart(text, edge), c -> c == edge);
    }

    /// The text without one kind of character before it and another behind it.
    static String strip(String text, char before, char behind) {
        return stripEnd(stripStart(text, before), c -> c == behind);
    }

    static String stripStart(String text, char edge) {
        return text.substring(endOf(text, 0, c -> c == edge));
    }

    static String stripEnd(String text, IntPredicate edge) {
        int end = text.length();
        while (end > 0 && edge.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    /// The longest pieces without white space.
    static List<String> split(String text) {
        return runs(text, c -> !isSpace(c));
    }

    /// The longest pieces of word characters, as `\w+` finds them.
    static List<String> words(String text) {
        return runs(text, PythonText::isWord);
    }

    /// The longest pieces of characters of a kind.
    static List<String> runs(String text, IntPredicate inside) {
        var runs = new ArrayList<String>();
        int start = endOf(text, 0, inside.negate());
        while (start < text.length()) {
            int end = endOf(text, start, inside);
            runs.add(text.substring(start, end));
            start = endOf(text, end, inside.negate());
        }
        return runs;
    }

    /// Where the characters of a kind that start at `from` end.
    static int endOf(String text, int from, IntPredicate kind) {
        int end = from;
        while (end < text.length() && kind.test(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /// The pieces between a separator, the empty ones too.
    static List<String> split(String text, String separator) {
        var pieces = new ArrayList<String>();
        int start = 0;
        int at = text.indexOf(separator);
        while (at >= 0) {
            pieces.add(text.substring(start, at));
            start = at + separator.length();
            at = text.indexOf(separator, start);
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    /// The lines at any of the twelve line ends that `splitlines` knows.
    static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        int start = 0;
        while (start < text.length()) {
            int end = endOf(text, start, c -> !isLineEnd(c));
            lines.add(text.substring(start, end));
            start = end + (text.startsWith("\r\n", end) ? 2 : 1);
        }
        return lines;
    }

    private static boolean isLineEnd(int c) {
        return c >= '\n' && c <= '\r' || c >= 0x1c && c <= 0x1e || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    static String lower(String text) {
        return Lowercase.of(text);
    }

    static String upper(String text) {
        return Uppercase.of(text);
    }

    /// Whether there is a cased character and none of them is in lower or title case.
    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    /// Whether there is a cased character and none of them is in upper or title case.
    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }
}

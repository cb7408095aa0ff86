package dev.caravan.verify.instructions;

import java.util.List;

/// The 32 punctuation marks of ASCII, and texts without them.
final class Punctuation {
    static final String MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private Punctuation() {}

    static boolean isMark(int c) {
        return MARKS.indexOf(c) >= 0;
    }

    private static boolean isMarkOrSpace(int c) {
        return c == ' ' || isMark(c);
    }

    /// The text without any mark.
    static String removed(String text) {
        var rest = new StringBuilder(text.length());
        text.codePoints().filter(c -> !isMark(c)).forEach(rest::appendCodePoint);
        return rest.toString();
    }

    /// The text without marks and spaces at both ends.
    static String stripped(String text) {
        return strippedEnd(strippedStart(text));
    }

    static String strippedStart(String text) {
        return text.substring(PythonText.endOf(text, 0, Punctuation::isMarkOrSpace));
    }

    static String strippedEnd(String text) {
        return PythonText.stripEnd(text, Punctuation::isMarkOrSpace);
    }

    /// The words between white space, in small letters and without marks.
    static List<String> bareWords(String text) {
        return PythonText.split(removed(PythonText.lower(text)));
    }
}

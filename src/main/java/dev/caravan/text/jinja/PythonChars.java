package dev.caravan.text.jinja;

/// What Python takes characters for, where Java disagrees.
final class PythonChars {
    private PythonChars() {}

    /// `str.isspace`: unlike Java's, no-break spaces and U+0085 are white space.
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || c == 0x85 || c == 0xA0 || c == 0x2007 || c == 0x202F;
    }

    static int leadingSpaces(String text) {
        int n = 0;
        while (n < text.length() && isSpace(text.charAt(n))) n++;
        return n;
    }

    static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) end--;
        return text.substring(0, end);
    }

    static boolean isBlank(String text) {
        return leadingSpaces(text) == text.length();
    }
}

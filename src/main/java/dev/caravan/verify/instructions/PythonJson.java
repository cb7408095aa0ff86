package dev.caravan.verify.instructions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Whether a text is JSON as Python's parser takes it: `NaN` and the infinities are values, a key may come twice,
/// half a surrogate pair may be escaped; control characters in strings and a byte order mark are errors.
/// One pass, without recursion, however deep the text nests.
final class PythonJson {
    private static final List<String> WORDS = List.of("true", "false", "null", "NaN", "Infinity", "-Infinity");

    private final String text;
    private final Deque<Character> awaited = new ArrayDeque<>(); // the closing brackets, innermost first
    private int at;

    private PythonJson(String text) {
        this.text = text;
    }

    static boolean accepts(String text) {
        return new PythonJson(text).document();
    }

    private boolean document() {
        boolean sound = value();
        while (sound && !awaited.isEmpty()) {
            sound = afterValue();
        }
        skipSpace();
        return sound && at == text.length();
    }

    /// A plain value, an empty container, or opening brackets up to the first plain value within.
    private boolean value() {
        while (true) {
            skipSpace();
            if (take('[')) {
                awaited.push(']');
            } else if (take('{')) {
                awaited.push('}');
            } else {
                return text.startsWith("\"", at) ? string() : word() || number();
            }
            if (closes()) {
                return true;
            }
            if (awaited.getFirst() == '}' && !key()) {
                return false;
            }
        }
    }

    private boolean afterValue() {
        return closes() || take(',') && (awaited.getFirst() == ']' || key()) && value();
    }

    private boolean closes() {
        skipSpace();
        boolean closes = take(awaited.getFirst());
        if (closes) {
            awaited.pop();
        }
        return closes;
    }

    private boolean key() {
        skipSpace();
        if (!string()) {
            return false;
        }
        skipSpace();
        return take(':');
    }

    private boolean string() {
        if (!take('"')) {
            return false;
        }
        while (at < text.length() && text.charAt(at) >= ' ') {
            char c = text.charAt(at++);
            if (c == '"') {
                return true;
            }
            if (c == '\\' && !escape()) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (at == text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        return c == 'u' ? fourHexDigits() : "\"\\/bfnrt".indexOf(c) >= 0;
    }

    private boolean fourHexDigits() {
        int end = at + 4;
        while (at < end && at < text.length() && isHexDigit(text.charAt(at))) {
            at++;
        }
        return at == end;
    }

    private static boolean isHexDigit(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private boolean word() {
        for (String word : WORDS) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return true;
            }
        }
        return false;
    }

    private boolean number() {
        take('-');
        if (!take('0') && !digits()) {
            return false;
        }
        if (take('.') && !digits()) {
            return false;
        }
        if (!take('e') && !take('E')) {
            return true;
        }
        if (!take('+')) {
            take('-');
        }
        return digits();
    }

    private boolean digits() {
        int start = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean take(char c) {
        boolean found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}

package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Candidates.Candidate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The formulas and the bare numbers of a text, found in one pass. A formula between single dollar signs or
/// `\(…\)` ends on the line on which it starts.
final class Items {
    private final String text;
    private final Map<String, Integer> closing = new HashMap<>();
    private int at;
    private Optional<Candidate> last = Optional.empty();
    private Optional<Candidate> lastLetter = Optional.empty();

    private Items(String text) {
        this.text = text;
    }

    /// The last formula or number; a formula of one letter, which may only name something, where there is no other.
    static Optional<Candidate> last(String text) {
        var items = new Items(text);
        while (items.at < text.length()) {
            items.next();
        }
        return items.last.or(() -> items.lastLetter);
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '$' || c == '\\') {
            if (!formula()) {
                at += c == '\\' ? 2 : 1; // an escaped sign starts nothing
            }
        } else if (startsNumber()) {
            number();
        } else {
            at++;
        }
    }

    private boolean formula() {
        return formula("$$", "$$", true)
                || formula("$", "$", false)
                || formula("\\(", "\\)", false)
                || formula("\\[", "\\]", true);
    }

    /// Takes the formula that starts here, if one does.
    private boolean formula(String open, String close, boolean severalLines) {
        if (!text.startsWith(open, at)) {
            return false;
        }
        int from = at + open.length();
        int to = end(close, from, severalLines);
        if (to <= from) {
            return false;
        }
        String content = text.substring(from, to).strip();
        if (!content.isEmpty()) {
            take(content);
        }
        at = to + close.length();
        return true;
    }

    /// Where the closing delimiter stands, or -1 where it is too far away.
    private int end(String close, int from, boolean severalLines) {
        int to = unescaped(close, from);
        boolean near = to >= 0 && to - from <= AnswerReader.LONGEST;
        return near && (severalLines || text.substring(from, to).indexOf('\n') < 0) ? to : -1;
    }

    /// The next such delimiter without a backslash before it. It is searched for once, however many formulas start
    /// before it.
    private int unescaped(String close, int from) {
        int known = closing.getOrDefault(close, 0);
        if (known < 0 || known >= from) {
            return known;
        }
        int found = text.indexOf(close, from);
        while (close.startsWith("$") && found > from && text.charAt(found - 1) == '\\') {
            found = text.indexOf(close, found + 1);
        }
        closing.put(close, found);
        return found;
    }

    private void take(String formula) {
        Optional<Candidate> candidate = Optional.of(new Candidate(formula, false));
        if (formula.length() == 1 && Character.isLetter(formula.charAt(0))) {
            lastLetter = candidate;
        } else {
            last = candidate;
        }
    }

    private boolean startsNumber() {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        int first = at;
        if (text.charAt(first) == '-' && !isWordLike(before)) {
            first++;
        }
        if (first < text.length() && text.charAt(first) == '.') {
            first++;
        }
        return first < text.length() && isDigit(text.charAt(first)) && !isWordLike(before);
    }

    /// Digits with points, commas and slashes between them, and a mark of percent behind.
    private void number() {
        int end = at + 1;
        while (end < text.length() && (isDigit(text.charAt(end)) || joins(end))) {
            end++;
        }
        int percent = end;
        while (percent < text.length() && " \\".indexOf(text.charAt(percent)) >= 0) {
            percent++;
        }
        end = percent < text.length() && text.charAt(percent) == '%' ? percent + 1 : end;
        last = Optional.of(new Candidate(text.substring(at, end), true));
        at = end;
    }

    private boolean joins(int i) {
        boolean between = i + 1 < text.length() && isDigit(text.charAt(i + 1));
        return between && ".,/:".indexOf(text.charAt(i)) >= 0;
    }

    private static boolean isWordLike(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == ')';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

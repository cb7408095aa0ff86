package dev.caravan.verify.instructions;

import java.util.ArrayList;
import java.util.List;

/// The words of a line as Punkt cuts them: full stops stay with their words, other marks stand alone, two or more
/// dashes or full stops are one word.
final class PunktWords {
    private static final String NEVER_INSIDE = "?!)\";}]*:@'({[";
    private static final String NEVER_FIRST = "(\"`{[:;&#*@)}]-,";

    private final String line;

    private PunktWords(String line) {
        this.line = line;
    }

    static List<String> of(String line) {
        return new PunktWords(line).words();
    }

    /// Whether a mark is never part of a word.
    static boolean isNeverInside(char c) {
        return NEVER_INSIDE.indexOf(c) >= 0;
    }

    private List<String> words() {
        var words = new ArrayList<String>();
        int start = afterSpace(0);
        while (start < line.length()) {
            int end = end(start);
            words.add(line.substring(start, end));
            start = afterSpace(end);
        }
        return words;
    }

    private int end(int start) {
        int repeated = endOfRepeated(start);
        if (repeated > start) {
            return repeated;
        }
        int end = start + 1;
        if (NEVER_FIRST.indexOf(line.charAt(start)) >= 0) {
            return end;
        }
        while (!endsWord(end)) {
            end++;
        }
        return end;
    }

    private boolean endsWord(int at) {
        return stops(at) || line.charAt(at) == ',' && stops(at + 1);
    }

    private boolean stops(int at) {
        return at >= line.length()
                || PythonText.isSpace(line.charAt(at))
                || isNeverInside(line.charAt(at))
                || endOfRepeated(at) > at;
    }

    /// Where two or more dashes or full stops, or three full stops with a space between each two, end; `start` when
    /// there are none.
    private int endOfRepeated(int start) {
        char c = line.charAt(start);
        if (c != '-' && c != '.') {
            return start;
        }
        int end = start + 1;
        while (end < line.length() && line.charAt(end) == c) {
            end++;
        }
        return end >= start + 2 ? end : c == '.' ? endOfSpaced(start) : start;
    }

    private int endOfSpaced(int start) {
        int end = start + 1;
        while (end + 1 < line.length() && PythonText.isSpace(line.charAt(end)) && line.charAt(end + 1) == '.') {
            end += 2;
        }
        return end >= start + 5 ? end : start;
    }

    private int afterSpace(int from) {
        return PythonText.endOf(line, from, PythonText::isSpace);
    }
}

package dev.caravan.curate;

import dev.caravan.text.Lowercase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// How the code that made Tülu 3 took texts apart: test items by spaCy, training turns by a pattern of the search
/// engine.
final class ReleaseTokens {
    private static final Pattern SEPARATORS = Pattern.compile("[ ,.?!:;()\"\\-\\n\\\\]+");
    private static final Set<String> ENDINGS = Set.of("s", "m", "d", "re", "ve", "ll");

    /// Characters `from` to `to` of a text.
    record Range(int from, int to) {}

    private ReleaseTokens() {}

    /// What a phrase of the search engine compares: lower-cased pieces between separators.
    static List<String> phrase(String text) {
        return SEPARATORS
                .splitAsStream(Lowercase.of(text))
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    /// Tokens by rules that come close to spaCy's English ones: words, with `n't` and `'s` and the like split
    /// off; numbers with their points and commas; every other character by itself; white space too, but for
    /// single spaces.
    static List<Range> tokens(String text) {
        var tokens = new ArrayList<Range>();
        for (int i = 0; i < text.length(); ) {
            int end = end(text, i);
            if (!text.substring(i, end).equals(" ")) addToken(text, i, end, tokens);
            i = end;
        }
        return tokens;
    }

    private static int end(String text, int from) {
        int character = text.codePointAt(from);
        int next = from + Character.charCount(character);
        if (Character.isWhitespace(character)) return runEnd(text, next, Kind.SPACE);
        return Character.isLetterOrDigit(character) ? runEnd(text, next, Kind.WORD) : next;
    }

    private enum Kind {
        SPACE,
        WORD
    }

    private static int runEnd(String text, int from, Kind kind) {
        int i = from;
        while (i < text.length()) {
            int character = text.codePointAt(i);
            boolean goesOn = kind == Kind.SPACE ? Character.isWhitespace(character) : continuesWord(text, i, character);
            if (!goesOn) return i;
            i += Character.charCount(character);
        }
        return i;
    }

    private static boolean continuesWord(String text, int at, int character) {
        if (Character.isLetterOrDigit(character) || character == '_') return true;
        boolean inside = at + 1 < text.length();
        if (!inside) return false;
        char before = text.charAt(at - 1);
        char after = text.charAt(at + 1);
        if (character == '.' || character == ',') return Character.isDigit(before) && Character.isDigit(after);
        return (character == '\'' || character == '’') && Character.isLetter(before) && Character.isLetter(after);
    }

    private static void addToken(String text, int from, int to, List<Range> tokens) {
        int cut = contraction(text, from, to);
        tokens.add(new Range(from, cut));
        if (cut < to) tokens.add(new Range(cut, to));
    }

    /// Where `n't`, `'s` and the like begin; `to` without one.
    private static int contraction(String text, int from, int to) {
        String word = text.substring(from, to).toLowerCase(Locale.ROOT).replace('’', '\'');
        int mark = word.lastIndexOf('\'');
        if (mark < 0 || word.length() != to - from) return to;
        String ending = word.substring(mark + 1);
        if (ending.equals("t") && mark >= 2 && word.charAt(mark - 1) == 'n') return from + mark - 1;
        return ENDINGS.contains(ending) ? from + mark : to;
    }
}

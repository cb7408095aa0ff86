package dev.caravan.text;

import java.util.Optional;

/// The pre-tokeniser patterns of the common model families, as scanners: the same pieces as the regular expression,
/// several times as fast. Each covers every character, so pieces follow one another without gaps.
enum WordPattern {
    GPT2("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+", Integer.MAX_VALUE),
    LLAMA3(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            3),
    QWEN2(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            1);

    private static final char LONG_S = '\u017F'; // folds to s

    private final String regex;
    private final int longestNumber;

    WordPattern(String regex, int longestNumber) {
        this.regex = regex;
        this.longestNumber = longestNumber;
    }

    String regex() {
        return regex;
    }

    static Optional<WordPattern> of(String regex) {
        for (WordPattern pattern : values()) if (pattern.regex.equals(regex)) return Optional.of(pattern);
        return Optional.empty();
    }

    static void scan(WordPattern pattern, String text, int from, int to, PreTokenizer.PieceSink pieces) {
        int start = from;
        while (start < to) {
            int end = pattern == GPT2 ? gpt2End(text, start, to) : pattern.llamaEnd(text, start, to);
            pieces.piece(start, end);
            start = end;
        }
    }

    private static int gpt2End(String text, int start, int to) {
        char first = text.charAt(start);
        if (first == '\'') {
            int end = contractionEnd(text, start, to, false);
            if (end > start) return end;
        }
        int body = first == ' ' && start + 1 < to ? start + 1 : start;
        byte kind = classAt(text, body, to);
        if (!CharacterClass.isSpace(kind)) return runEnd(text, body, to, kind);
        return spaceEnd(text, start, to);
    }

    private int llamaEnd(String text, int start, int to) {
        char first = text.charAt(start);
        if (first == '\'') {
            int end = contractionEnd(text, start, to, true);
            if (end > start) return end;
        }
        byte kind = classAt(text, start, to);
        if (kind == CharacterClass.LETTER) return runEnd(text, start, to, kind);
        if (kind == CharacterClass.NUMBER) return numberEnd(text, start, to);
        if (kind != CharacterClass.LINE_BREAK) {
            int next = start + width(text, start, to);
            if (next < to && classAt(text, next, to) == CharacterClass.LETTER) {
                return runEnd(text, next, to, CharacterClass.LETTER);
            }
        }
        int body = first == ' ' && start + 1 < to ? start + 1 : start;
        if (classAt(text, body, to) == CharacterClass.OTHER) return symbolsEnd(text, body, to);
        return lineOrSpaceEnd(text, start, to);
    }

    private int numberEnd(String text, int start, int to) {
        int end = start;
        for (int n = 0; n < longestNumber && end < to && classAt(text, end, to) == CharacterClass.NUMBER; n++) {
            end += width(text, end, to);
        }
        return end;
    }

    private static int symbolsEnd(String text, int start, int to) {
        int end = runEnd(text, start, to, CharacterClass.OTHER);
        while (end < to && CharacterClass.of(text.charAt(end)) == CharacterClass.LINE_BREAK) end++;
        return end;
    }

    /// `\s*[\r\n]+|\s+(?!\S)|\s+`: up to the last line break of the run, if it has one.
    private static int lineOrSpaceEnd(String text, int start, int to) {
        int end = whiteEnd(text, start, to);
        for (int i = end; i > start; i--) {
            if (CharacterClass.of(text.charAt(i - 1)) == CharacterClass.LINE_BREAK) return i;
        }
        return beforeWord(start, end, to);
    }

    private static int spaceEnd(String text, int start, int to) {
        return beforeWord(start, whiteEnd(text, start, to), to);
    }

    /// `\s+(?!\S)|\s+`: the last space before a word stays with the word, unless it is the only one.
    private static int beforeWord(int start, int end, int to) {
        return end == to || end == start + 1 ? end : end - 1;
    }

    private static int whiteEnd(String text, int start, int to) {
        int end = start;
        while (end < to && CharacterClass.isSpace(CharacterClass.of(text.charAt(end)))) end++;
        return end;
    }

    private static int runEnd(String text, int start, int to, byte kind) {
        int end = start;
        while (end < to && classAt(text, end, to) == kind) end += width(text, end, to);
        return end;
    }

    /// The end of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d`, or `start`.
    private static int contractionEnd(String text, int start, int to, boolean anyCase) {
        if (start + 1 >= to) return start;
        char first = letter(text.charAt(start + 1), anyCase);
        if (first == 's' || first == 't' || first == 'm' || first == 'd') return start + 2;
        if (start + 2 >= to) return start;
        char second = letter(text.charAt(start + 2), anyCase);
        boolean pair = second == 'e' ? first == 'r' || first == 'v' : second == 'l' && first == 'l';
        return pair ? start + 3 : start;
    }

    private static char letter(char c, boolean anyCase) {
        if (!anyCase) return c;
        return c == LONG_S ? 's' : c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    private static byte classAt(String text, int at, int to) {
        char c = text.charAt(at);
        if (!Character.isHighSurrogate(c) || at + 1 >= to) return CharacterClass.of(c);
        return CharacterClass.of(text.codePointAt(at));
    }

    private static int width(String text, int at, int to) {
        boolean pair = Character.isHighSurrogate(text.charAt(at))
                && at + 1 < to
                && Character.isLowSurrogate(text.charAt(at + 1));
        return pair ? 2 : 1;
    }
}

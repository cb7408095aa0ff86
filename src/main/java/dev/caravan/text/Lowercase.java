package dev.caravan.text;

import java.util.Locale;

/// Texts in lower case, in time that grows with their length alone. [String#toLowerCase] looks for the boundaries of
/// the word at every capital sigma, which takes minutes where one word has a hundred thousand of them, and copies what
/// it has at every dotted capital I.
public final class Lowercase {
    private static final char CAPITAL_SIGMA = 'Σ';
    private static final char DOTTED_CAPITAL_I = 'İ';

    /// What Unicode's `Word_Break` lets stand within a word, beside marks, formats and modifiers.
    private static final String WITHIN_WORDS = "'.:·‘’․‧·՟״︓﹒﹕＇．：";

    private Lowercase() {}

    /// The text by Unicode's full mapping: a capital sigma is `ς` behind a cased letter and before none, else `σ`
    /// ([Final_Sigma](https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G54277)).
    public static String of(String text) {
        String plain = text.indexOf(DOTTED_CAPITAL_I) < 0 ? text : text.replace("İ", "i\u0307");
        return plain.indexOf(CAPITAL_SIGMA) < 0
                ? plain.toLowerCase(Locale.ROOT)
                : withoutCapitalSigmas(plain).toLowerCase(Locale.ROOT);
    }

    private static String withoutCapitalSigmas(String text) {
        char[] characters = text.toCharArray();
        boolean[] cased = casedBehind(text);
        boolean before = false;
        for (int i = 0; i < characters.length; ) {
            int c = text.codePointAt(i);
            if (c == CAPITAL_SIGMA) characters[i] = before && !cased[i] ? 'ς' : 'σ';
            if (!isIgnored(c)) before = isCased(c);
            i += Character.charCount(c);
        }
        return new String(characters);
    }

    /// Whether the next character that counts, behind each, is a cased letter.
    private static boolean[] casedBehind(String text) {
        var cased = new boolean[text.length()];
        boolean behind = false;
        for (int i = text.length(); i > 0; ) {
            int c = text.codePointBefore(i);
            i -= Character.charCount(c);
            cased[i] = behind;
            if (!isIgnored(c)) behind = isCased(c);
        }
        return cased;
    }

    private static boolean isCased(int c) {
        return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
    }

    private static boolean isIgnored(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default -> WITHIN_WORDS.indexOf(c) >= 0;
        };
    }
}

package dev.caravan.verify;

import java.util.Optional;

/// Capital letters that stand alone: with no letter, digit or underscore on either side.
final class LoneLetters {
    private LoneLetters() {}

    /// The last of the letters A to `highest` that stands alone.
    static Optional<String> last(String text, char highest) {
        for (int i = text.length() - 1; i >= 0; i--) {
            if (isAlone(text, i, highest)) {
                return Optional.of(text.substring(i, i + 1));
            }
        }
        return Optional.empty();
    }

    /// The last one that is no word of a sentence either, as the "A" of "A dog" or the "I" of "I think" is.
    static Optional<String> lastChoice(String text, char highest) {
        for (int i = text.length() - 1; i >= 0; i--) {
            if (isAlone(text, i, highest) && !isWord(text, i)) {
                return Optional.of(text.substring(i, i + 1));
            }
        }
        return Optional.empty();
    }

    private static boolean isAlone(String text, int i, char highest) {
        char c = text.charAt(i);
        return c >= 'A'
                && c <= highest
                && (i == 0 || !isWordCharacter(text.codePointBefore(i)))
                && (i + 1 == text.length() || !isWordCharacter(text.codePointAt(i + 1)));
    }

    private static boolean isWord(String text, int i) {
        char c = text.charAt(i);
        boolean spelledAsWord = c == 'A' || c == 'I';
        boolean sentenceGoesOn = i + 2 < text.length()
                && (text.charAt(i + 1) == ' ' || text.charAt(i + 1) == '\'')
                && Character.isLowerCase(text.charAt(i + 2));
        return spelledAsWord && sentenceGoesOn;
    }

    private static boolean isWordCharacter(int c) {
        return Character.isLetterOrDigit(c) || c == '_' || isNumeral(c);
    }

    /// Such as a superscript or a vulgar fraction, which are letters of a word in Python's expressions.
    private static boolean isNumeral(int c) {
        int type = Character.getType(c);
        return type == Character.OTHER_NUMBER || type == Character.LETTER_NUMBER;
    }
}

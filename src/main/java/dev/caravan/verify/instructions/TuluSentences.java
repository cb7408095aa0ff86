package dev.caravan.verify.instructions;

import dev.caravan.verify.Compat;

/// The sentences of a text by the rule of Tülu's reward: white space behind a closing mark ends one, unless the mark
/// belongs to an abbreviation like `e.g.` or `Dr.`; what follows the last such space counts too, even when empty.
/// The release did not know that `!` closes a sentence.
final class TuluSentences {
    private TuluSentences() {}

    static int count(String text, Compat compat) {
        int[] characters = text.codePoints().toArray();
        int count = 1;
        for (int i = 1; i < characters.length; i++) {
            if (PythonText.isSpace(characters[i])
                    && closes(characters[i - 1], compat)
                    && !isDotted(characters, i)
                    && !isShortTitle(characters, i)) {
                count++;
            }
        }
        return count;
    }

    private static boolean closes(int c, Compat compat) {
        return c == '.' || c == '?' || c == '!' && compat == Compat.CURRENT;
    }

    /// As before the space in `e.g. this`: word character, full stop, word character, any mark.
    private static boolean isDotted(int[] text, int end) {
        return end >= 4 && PythonText.isWord(text[end - 4]) && text[end - 3] == '.' && PythonText.isWord(text[end - 2]);
    }

    /// As before the space in `Dr. Watson`: a capital, a small letter, a full stop.
    private static boolean isShortTitle(int[] text, int end) {
        return end >= 3
                && text[end - 3] >= 'A'
                && text[end - 3] <= 'Z'
                && text[end - 2] >= 'a'
                && text[end - 2] <= 'z'
                && text[end - 1] == '.';
    }
}

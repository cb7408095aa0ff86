package dev.caravan.text;

import java.text.Normalizer;
import java.util.Arrays;

/// A text in Unicode's composed form (NFC), with the place of each character in the text it came from.
///
/// @param starts where in the original each character's source begins
/// @param ends where it ends
record ComposedText(String text, int[] starts, int[] ends) {
    /// Below this character everything is composed as it stands.
    private static final char FIRST_COMBINING = 0x300;

    static boolean isComposed(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) < FIRST_COMBINING) at++;
        return at == to || Normalizer.isNormalized(text.substring(from, to), Normalizer.Form.NFC);
    }

    static ComposedText of(String original) {
        var text = new StringBuilder(original.length());
        var starts = new int[original.length() * 3]; // no character composes to more than three
        var ends = new int[original.length() * 3];
        for (int from = 0; from < original.length(); ) {
            int to = clusterEnd(original, from);
            String composed = Normalizer.normalize(original.substring(from, to), Normalizer.Form.NFC);
            boolean same = composed.contentEquals(original.subSequence(from, to));
            for (int i = 0; i < composed.length(); i++) {
                starts[text.length() + i] = same ? from + i : from;
                ends[text.length() + i] = same ? from + i + 1 : to;
            }
            text.append(composed);
            from = to;
        }
        return new ComposedText(
                text.toString(), Arrays.copyOf(starts, text.length()), Arrays.copyOf(ends, text.length()));
    }

    /// The end of a stretch that composes independently of what follows it.
    private static int clusterEnd(String text, int from) {
        int end = from + Character.charCount(text.codePointAt(from));
        while (end < text.length() && continues(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /// Combining marks, and the vowels and final consonants of Hangul, may compose with what stands before them.
    private static boolean continues(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> codePoint >= 0x1160 && codePoint <= 0x11FF;
        };
    }
}

package dev.caravan.curate;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words of a text as the decontamination rule sees them: maximal runs of letters and digits of the
/// lower-cased text. Nothing is allocated for a word; it is a range of the text.
///
/// Spellings that Unicode calls equal are read as one: a letter and its accent as two characters or one, and the
/// full-width, half-width, ligature and mathematical forms of letters and digits.
final class Words {
    private static final int FIRST_COMPOSING = 0x300; // below it every text is in composed form

    /// Receives one word: the characters of `text` from `from` to `to`.
    @FunctionalInterface
    interface Receiver {
        void word(String text, int from, int to);
    }

    private Words() {}

    static void forEach(String text, Receiver receiver) {
        String lower = spelling(text).toLowerCase(Locale.ROOT);
        int start = -1; // of the word that is being read
        for (int i = 0; i < lower.length(); ) {
            int character = lower.codePointAt(i);
            boolean inside = Character.isLetterOrDigit(character);
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                receiver.word(lower, start, i);
                start = -1;
            }
            i += Character.charCount(character);
        }
        if (start >= 0) {
            receiver.word(lower, start, lower.length());
        }
    }

    static List<String> of(String text) {
        var words = new ArrayList<String>();
        forEach(text, (lower, from, to) -> words.add(lower.substring(from, to)));
        return words;
    }

    private static String spelling(String text) {
        if (isComposed(text)) return text;
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return composed.codePoints().noneMatch(Words::isVariant) ? composed : plain(composed);
    }

    private static boolean isComposed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_COMPOSING) return false;
        }
        return true;
    }

    private static String plain(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isVariant(character)) {
                plain.append(Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKC));
            } else {
                plain.appendCodePoint(character);
            }
        });
        return plain.toString();
    }

    /// Letters and digits of the blocks that hold other forms of letters and digits.
    private static boolean isVariant(int character) {
        boolean block = character >= 0xFB00 && character <= 0xFB06
                || character >= 0xFF00 && character <= 0xFFEF
                || character >= 0x1D400 && character <= 0x1D7FF;
        return block && Character.isLetterOrDigit(character);
    }
}

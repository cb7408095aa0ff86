package dev.caravan.curate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words of a text as the decontamination rule sees them: maximal runs of letters and digits of the lower-cased
/// text. Nothing is allocated for a word; it is a range of the text.
final class Words {
    /// Receives one word: the characters of `text` from `from` to `to`.
    @FunctionalInterface
    interface Receiver {
        void word(String text, int from, int to);
    }

    private Words() {}

    static void forEach(String text, Receiver receiver) {
        String lower = text.toLowerCase(Locale.ROOT);
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
}

package dev.caravan.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The word that was probably meant.
public final class NearMiss {
    private NearMiss() {}

    /// ` (did you mean 'seed'?)`, or nothing when no word is near.
    public static String suggestion(String written, Collection<String> words) {
        return of(written, words).map(word -> " (did you mean '" + word + "'?)").orElse("");
    }

    /// The nearest word, when at most a third of the letters differ.
    static Optional<String> of(String written, Collection<String> words) {
        return words.stream()
                .filter(word -> distance(written, word) <= Math.max(1, written.length() / 3))
                .min(Comparator.comparingInt((String word) -> distance(written, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// Levenshtein's distance: how many letters must be added, dropped or changed.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

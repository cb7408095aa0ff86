package dev.caravan.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The names a reader may have meant, by edit distance.
final class NearNames {
    private static final int SHOWN = 3;

    private NearNames() {}

    /// The names nearest to `wanted`, best first, equal ones in the given order.
    static List<String> of(String wanted, Collection<String> names) {
        record Candidate(String name, int distance) {}
        return names.stream()
                .map(name -> new Candidate(name, distance(wanted, name)))
                .sorted(Comparator.comparingInt(Candidate::distance))
                .limit(SHOWN)
                .map(Candidate::name)
                .toList();
    }

    /// Levenshtein's distance: insertions, deletions and replacements of a character.
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            previous = nextRow(previous, a.charAt(i - 1), b, i);
        }
        return previous[b.length()];
    }

    private static int[] nextRow(int[] previous, char character, String b, int i) {
        int[] row = new int[previous.length];
        row[0] = i;
        for (int j = 1; j < row.length; j++) {
            int replaced = previous[j - 1] + (character == b.charAt(j - 1) ? 0 : 1);
            row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
        }
        return row;
    }
}

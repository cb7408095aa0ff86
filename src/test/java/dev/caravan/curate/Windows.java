package dev.caravan.curate;

import java.util.List;

/// The n-gram rule by comparing every window with every window: slow, and plain to see.
final class Windows {
    private Windows() {}

    /// Words of the fields that lie in a window of n that some text has too.
    static int covered(int n, List<String> texts, List<String> fields) {
        int covered = 0;
        for (String field : fields) {
            List<String> words = Words.of(field);
            for (int word = 0; word < words.size(); word++) {
                covered += isCovered(n, texts, words, word) ? 1 : 0;
            }
        }
        return covered;
    }

    private static boolean isCovered(int n, List<String> texts, List<String> words, int word) {
        for (int from = Math.max(0, word - n + 1); from <= word && from + n <= words.size(); from++) {
            List<String> window = words.subList(from, from + n);
            if (texts.stream().anyMatch(text -> has(Words.of(text), window))) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(List<String> words, List<String> window) {
        for (int from = 0; from + window.size() <= words.size(); from++) {
            if (words.subList(from, from + window.size()).equals(window)) {
                return true;
            }
        }
        return false;
    }
}

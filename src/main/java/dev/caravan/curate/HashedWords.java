package dev.caravan.curate;

import java.util.Arrays;
import java.util.Locale;

/// The words of one text, as [Words] has them, with their hashes. In ASCII nothing is copied, and each character is
/// looked at once.
final class HashedWords {
    private static final int ASCII = 128;
    private static final byte[] LOWER = lowerLettersAndDigits(); // 0 for all other characters

    private String text = "";
    private long[] hashes = new long[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int size;

    private static byte[] lowerLettersAndDigits() {
        byte[] lower = new byte[ASCII];
        for (char c = 0; c < ASCII; c++) {
            lower[c] = (byte) (Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0);
        }
        return lower;
    }

    /// Forgets the text before.
    void read(String next) {
        size = 0;
        text = next;
        if (readAscii()) return;
        size = 0;
        Words.forEach(next, (lower, from, to) -> {
            text = lower;
            add(Vocabulary.hash(lower, from, to), from, to);
        });
    }

    int size() {
        return size;
    }

    long hash(int word) {
        return hashes[word];
    }

    /// A word in lower case.
    String word(int word) {
        return text.substring(starts[word], ends[word]).toLowerCase(Locale.ROOT);
    }

    /// @return false when a character is no ASCII
    private boolean readAscii() {
        long hash = Vocabulary.EMPTY;
        int start = -1; // of the word that is being read
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ASCII) return false;
            int lower = LOWER[c];
            if (lower != 0) {
                start = start < 0 ? i : start;
                hash = Vocabulary.extended(hash, lower);
            } else if (start >= 0) {
                add(hash, start, i);
                hash = Vocabulary.EMPTY;
                start = -1;
            }
        }
        if (start >= 0) add(hash, start, length);
        return true;
    }

    private void add(long hash, int from, int to) {
        if (size == hashes.length) grow();
        hashes[size] = hash;
        starts[size] = from;
        ends[size++] = to;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, 2 * size);
        starts = Arrays.copyOf(starts, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
    }
}

package dev.caravan.curate;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.List;

/// Words numbered in order of appearance. A look-up takes a range of a text and allocates nothing.
final class Vocabulary {
    static final int UNKNOWN = -1;
    /// The hash of no characters.
    static final long EMPTY = 1;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
    private final List<String> words = new ArrayList<>();
    private final LongArrayList hashes = new LongArrayList(); // of the words, by number

    Vocabulary() {
        numbers.defaultReturnValue(UNKNOWN);
    }

    /// The number of a word, or [#UNKNOWN].
    int find(String text, int from, int to) {
        return numbers.get(slot(text, from, to));
    }

    /// The number of a word, a new one when it was not known.
    int add(String text, int from, int to) {
        long slot = slot(text, from, to);
        int known = numbers.get(slot);
        if (known != UNKNOWN) {
            return known;
        }
        numbers.put(slot, words.size());
        words.add(text.substring(from, to));
        hashes.add(hash(text, from, to));
        return words.size() - 1;
    }

    /// The hash of the word of a number.
    long hash(int number) {
        return hashes.getLong(number);
    }

    /// The word's hash, or the next one that is free where another word has the same.
    private long slot(String text, int from, int to) {
        long slot = hash(text, from, to);
        for (int number = numbers.get(slot); number != UNKNOWN; number = numbers.get(++slot)) {
            String word = words.get(number);
            if (word.length() == to - from && word.regionMatches(0, text, from, to - from)) {
                return slot;
            }
        }
        return slot;
    }

    static long hash(String text, int from, int to) {
        long hash = EMPTY;
        for (int i = from; i < to; i++) {
            hash = extended(hash, text.charAt(i));
        }
        return hash;
    }

    /// The hash of a word, from that of its beginning and its last character.
    static long extended(long hash, int character) {
        long product = (hash ^ character) * MULTIPLIER;
        return product ^ (product >>> 32);
    }
}

package dev.caravan.text;

import java.util.Arrays;

/// Pairs of token ids → rank and result of their merge; open addressing over primitive arrays.
final class MergeTable {
    /// The rank of a pair that never merges.
    static final int NONE = Integer.MAX_VALUE;

    private static final long EMPTY = -1;

    private final long[] pairs;
    private final int[] ranks;
    private final int[] results;
    private final int mask;

    /// @param expected how many pairs will be added at most
    MergeTable(int expected) {
        int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, expected) * 2 - 1) << 1);
        pairs = new long[capacity];
        ranks = new int[capacity];
        results = new int[capacity];
        mask = capacity - 1;
        Arrays.fill(pairs, EMPTY);
    }

    /// The first rank given to a pair counts.
    void add(int left, int right, int rank, int result) {
        int slot = slot(pair(left, right));
        if (pairs[slot] != EMPTY) return;
        pairs[slot] = pair(left, right);
        ranks[slot] = rank;
        results[slot] = result;
    }

    /// The rank of a pair (the lower merges first), or [#NONE].
    int rank(int left, int right) {
        int slot = slot(pair(left, right));
        return pairs[slot] == EMPTY ? NONE : ranks[slot];
    }

    /// The token that a mergeable pair becomes.
    int result(int left, int right) {
        return results[slot(pair(left, right))];
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    private int slot(long pair) {
        long hash = pair * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 40) & mask;
        while (pairs[slot] != EMPTY && pairs[slot] != pair) slot = (slot + 1) & mask;
        return slot;
    }
}

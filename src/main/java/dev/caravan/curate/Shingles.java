package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Arrays;

/// The word 5-grams of a row as 64-bit hashes, a sorted set. No shingle reaches from one message into the next; a
/// message of fewer words is one shingle of them all.
///
/// Five words, as datatrove and others that clean chats and web text take: shorter ones are shared by rows that have
/// only phrases in common, longer ones make one changed word cost too much (five shingles already). Two different
/// shingles of a pair of rows have the same hash with a chance of about 10⁻¹⁵, which a similarity does not feel.
public final class Shingles {
    private static final int WORDS = 5;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long[] NONE = {};

    private Shingles() {}

    public static long[] of(Conversation row) {
        var shingles = new LongOpenHashSet();
        var words = new LongArrayList();
        for (Message message : row.messages()) {
            words.clear();
            Words.forEach(message.content(), (text, from, to) -> words.add(hash(text, from, to)));
            message.toolCalls()
                    .ifPresent(calls ->
                            Words.forEach(calls.toString(), (text, from, to) -> words.add(hash(text, from, to))));
            add(words, shingles);
        }
        if (shingles.isEmpty()) return NONE;
        long[] sorted = shingles.toLongArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /// The share of all shingles of two rows that both have; 0 when neither has any.
    public static double similarity(long[] one, long[] other) {
        int common = 0;
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            long difference = Long.compare(one[i], other[j]);
            if (difference == 0) common++;
            if (difference <= 0) i++;
            if (difference >= 0) j++;
        }
        int all = one.length + other.length - common;
        return all == 0 ? 0 : (double) common / all;
    }

    private static void add(LongArrayList words, LongOpenHashSet into) {
        if (words.isEmpty()) return;
        int length = Math.min(WORDS, words.size());
        for (int from = 0; from + length <= words.size(); from++) {
            long hash = length;
            for (int i = from; i < from + length; i++) {
                hash = mix(hash ^ words.getLong(i));
            }
            into.add(hash);
        }
    }

    private static long hash(String text, int from, int to) {
        long hash = to - from;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    private static long mix(long hash) {
        long product = hash * MULTIPLIER;
        return (product ^ (product >>> 32)) * MULTIPLIER;
    }
}

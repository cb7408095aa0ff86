package dev.caravan.text;

import it.unimi.dsi.fastutil.longs.LongHeapPriorityQueue;
import java.util.Arrays;

/// Byte-pair encoding of one piece: merges the neighbouring pair of lowest rank, the leftmost of equals, until no
/// pair merges.
final class PairMerger {
    /// Longer pieces go through a heap: n log n instead of n².
    private static final int SHORT = 40;

    private final MergeTable merges;

    PairMerger(MergeTable merges) {
        this.merges = merges;
    }

    /// @param ids the piece's single-byte tokens; overwritten
    int[] merge(int[] ids) {
        return ids.length <= SHORT ? mergeShort(ids) : mergeLong(ids);
    }

    private int[] mergeShort(int[] ids) {
        int count = ids.length;
        var ranks = new int[Math.max(0, count - 1)]; // ranks[i] of the pair (i, i + 1)
        for (int i = 0; i + 1 < count; i++) ranks[i] = merges.rank(ids[i], ids[i + 1]);
        while (count > 1) {
            int best = lowest(ranks, count - 1);
            if (ranks[best] == MergeTable.NONE) break;
            ids[best] = merges.result(ids[best], ids[best + 1]);
            System.arraycopy(ids, best + 2, ids, best + 1, count - best - 2);
            System.arraycopy(ranks, best + 1, ranks, best, count - best - 2);
            count--;
            if (best > 0) ranks[best - 1] = merges.rank(ids[best - 1], ids[best]);
            if (best + 1 < count) ranks[best] = merges.rank(ids[best], ids[best + 1]);
        }
        return Arrays.copyOf(ids, count);
    }

    private static int lowest(int[] ranks, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) if (ranks[i] < ranks[best]) best = i;
        return best;
    }

    private int[] mergeLong(int[] ids) {
        var chain = new Chain(ids, merges);
        var queue = new LongHeapPriorityQueue(ids.length);
        for (int i = 0; i + 1 < ids.length; i++) offer(queue, chain, i);
        while (!queue.isEmpty()) {
            long entry = queue.dequeueLong();
            int at = (int) entry;
            if (chain.rank(at) != (int) (entry >>> 32)) continue; // an older state of this place
            chain.mergeAt(at);
            offer(queue, chain, at);
            offer(queue, chain, chain.previous[at]);
        }
        return chain.toArray();
    }

    /// Entries order by rank, then by place.
    private static void offer(LongHeapPriorityQueue queue, Chain chain, int at) {
        int rank = chain.rank(at);
        if (rank != MergeTable.NONE) queue.enqueue((long) rank << 32 | at);
    }

    /// Tokens as a doubly linked list over array indices; a merged token keeps the place of its left part.
    private static final class Chain {
        private static final int GONE = -1;

        private final int[] ids;
        private final int[] next;
        private final int[] previous;
        private final MergeTable merges;

        Chain(int[] ids, MergeTable merges) {
            this.ids = ids;
            this.merges = merges;
            next = new int[ids.length];
            previous = new int[ids.length];
            Arrays.setAll(next, i -> i + 1);
            Arrays.setAll(previous, i -> i - 1);
        }

        int rank(int at) {
            if (at < 0 || ids[at] == GONE || next[at] == ids.length) return MergeTable.NONE;
            return merges.rank(ids[at], ids[next[at]]);
        }

        void mergeAt(int at) {
            int right = next[at];
            ids[at] = merges.result(ids[at], ids[right]);
            ids[right] = GONE;
            next[at] = next[right];
            if (next[at] < ids.length) previous[next[at]] = at;
        }

        int[] toArray() {
            return Arrays.stream(ids).filter(id -> id != GONE).toArray();
        }
    }
}

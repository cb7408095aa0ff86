package dev.caravan.curate;

import dev.caravan.data.Conversation;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Joins rows whose sets of [Shingles] are alike. Hashes are made on all cores; what is joined depends on the rows
/// alone, since every pair of candidates is joined, or refused, by its own similarity.
///
/// Bands of which n rows share one hash cost up to n² comparisons when those rows are alike, yet not alike enough.
final class NearDuplicates {
    private static final int NONE = -1;

    private final double threshold;
    private final List<Conversation> rows;
    private final MinHash minHash;
    private final LongOpenHashSet refused = new LongOpenHashSet(); // pairs, the later row in the upper half

    NearDuplicates(double threshold, List<Conversation> rows) {
        this.threshold = threshold;
        this.rows = rows;
        this.minHash = MinHash.reaching(threshold);
    }

    void join(DisjointSets sets) {
        int[] distinct = IntStream.range(0, sets.size())
                .filter(row -> sets.root(row) == row)
                .toArray();
        long[][] bands = Arrays.stream(distinct)
                .parallel()
                .mapToObj(row -> minHash.bands(Shingles.of(rows.get(row))))
                .toArray(long[][]::new);
        for (int band = 0; band < minHash.bands(); band++) {
            join(distinct, bands, band, sets);
        }
    }

    private void join(int[] distinct, long[][] bands, int band, DisjointSets sets) {
        var last = new Long2IntOpenHashMap(distinct.length);
        last.defaultReturnValue(NONE);
        int[] before = new int[distinct.length]; // the earlier row with the same hash
        for (int i = 0; i < distinct.length; i++) {
            if (bands[i].length == 0) continue;
            before[i] = last.put(bands[i][band], i);
            if (before[i] != NONE) joinWithEarlier(i, distinct, before, sets);
        }
    }

    private void joinWithEarlier(int i, int[] distinct, int[] before, DisjointSets sets) {
        int row = distinct[i];
        long[] shingles = Shingles.of(rows.get(row));
        for (int j = before[i]; j != NONE; j = before[j]) {
            int earlier = distinct[j];
            long pair = (long) row << 32 | earlier;
            if (sets.same(row, earlier) || refused.contains(pair)) continue;
            if (Shingles.similarity(shingles, Shingles.of(rows.get(earlier))) >= threshold) {
                sets.join(row, earlier);
            } else {
                refused.add(pair);
            }
        }
    }
}

package dev.caravan.curate;

import com.dynatrace.hash4j.hashing.HashValue128;
import dev.caravan.data.Conversation;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Turns sets of rows that say the same into a verdict on every row.
final class Clustering {
    private final List<Conversation> rows;
    private final List<HashValue128> texts;
    private final Keep keep;
    private final Predicate<Conversation> preferred;
    private final List<Cluster> clusters = new ArrayList<>();
    private final SortedMap<Integer, Rejection> rejections = new TreeMap<>(); // by number of the row

    /// @param texts a hash of each row's normalised text
    /// @param preferred rows from which one is chosen where a cluster has any
    Clustering(List<Conversation> rows, List<HashValue128> texts, Keep keep, Predicate<Conversation> preferred) {
        this.rows = rows;
        this.texts = texts;
        this.keep = keep;
        this.preferred = preferred;
    }

    Deduplication result(DisjointSets sets) {
        Map<Integer, IntArrayList> byRoot = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            byRoot.computeIfAbsent(sets.root(row), _ -> new IntArrayList(1)).add(row);
        }
        byRoot.values().stream().filter(members -> members.size() > 1).forEach(this::judge);
        return new Deduplication(kept(), List.copyOf(rejections.values()), clusters);
    }

    private List<Conversation> kept() {
        var kept = new ArrayList<Conversation>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            if (!rejections.containsKey(row)) kept.add(rows.get(row));
        }
        return kept;
    }

    private void judge(IntArrayList members) {
        int stays = stays(members);
        long[] shingles = Shingles.of(rows.get(stays));
        var judged = new ArrayList<Cluster.Member>(members.size());
        for (int member : members) {
            double similarity = equal(member, stays) ? 1 : Shingles.similarity(shingles, Shingles.of(rows.get(member)));
            judged.add(
                    new Cluster.Member(rows.get(member).id(), rows.get(member).source(), similarity));
            if (member != stays) rejections.put(member, rejection(member, stays, similarity));
        }
        clusters.add(new Cluster(rows.get(stays).id(), judged));
    }

    private int stays(IntArrayList members) {
        int[] best = members.intStream()
                .filter(member -> preferred.test(rows.get(member)))
                .toArray();
        int[] candidates = best.length == 0 ? members.toIntArray() : best;
        return candidates[
                keep.choose(Arrays.stream(candidates).mapToObj(rows::get).toList())];
    }

    private boolean equal(int one, int other) {
        return texts.get(one).equals(texts.get(other));
    }

    private Rejection rejection(int row, int stays, double similarity) {
        var repetition = Repetition.of(equal(row, stays), rows.get(stays).id(), similarity);
        return new Rejection(rows.get(row), repetition.filter(), repetition.reason());
    }
}

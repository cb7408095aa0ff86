package dev.caravan.text;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/// How often each pair of neighbouring tokens occurs in a set of words, kept up to date while pairs are merged.
final class PairCounts {
    private static final int LEAST = 2; // a pair that occurs once teaches nothing

    private final List<int[]> words = new ArrayList<>();
    private final IntArrayList multiplicities = new IntArrayList();
    private final Map<Pair, Occurrences> pairs = new HashMap<>();
    private final Set<Pair> changed = new HashSet<>(); // since the queue was last filled
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(Candidate.ORDER);

    /// Two neighbouring tokens.
    record Pair(int left, int right) {}

    private static final class Occurrences {
        private long count;
        private final TreeSet<Integer> words = new TreeSet<>();
    }

    /// A pair with its count when it was queued; the count may be out of date.
    private record Candidate(Pair pair, long count) {
        static final Comparator<Candidate> ORDER = Comparator.comparingLong((Candidate c) -> -c.count)
                .thenComparingInt(c -> c.pair.left)
                .thenComparingInt(c -> c.pair.right);
    }

    void add(int[] word, int multiplicity) {
        words.add(word);
        multiplicities.add(multiplicity);
        count(words.size() - 1, 1);
    }

    /// Adds a word's pairs to the counts, or takes them away.
    private void count(int index, int sign) {
        int[] word = words.get(index);
        for (int i = 0; i + 1 < word.length; i++) {
            var pair = new Pair(word[i], word[i + 1]);
            Occurrences occurrences = pairs.computeIfAbsent(pair, _ -> new Occurrences());
            occurrences.count += (long) sign * multiplicities.getInt(index);
            if (sign > 0) occurrences.words.add(index);
            changed.add(pair);
        }
    }

    /// The most frequent pair that occurs at least twice.
    Optional<Pair> takeMostFrequent() {
        for (Pair pair : changed) queue.add(new Candidate(pair, countOf(pair)));
        changed.clear();
        while (!queue.isEmpty()) {
            Candidate best = queue.poll();
            if (best.count() >= LEAST && best.count() == countOf(best.pair())) return Optional.of(best.pair());
        }
        return Optional.empty();
    }

    private long countOf(Pair pair) {
        Occurrences occurrences = pairs.get(pair);
        return occurrences == null ? 0 : occurrences.count;
    }

    /// Puts one token in place of a pair, wherever it occurs.
    void merge(Pair pair, int id) {
        Occurrences occurrences = pairs.getOrDefault(pair, new Occurrences());
        for (int index : List.copyOf(occurrences.words)) {
            count(index, -1);
            words.set(index, merged(words.get(index), pair, id));
            count(index, 1);
        }
        pairs.remove(pair);
    }

    private static int[] merged(int[] word, Pair pair, int id) {
        var merged = new IntArrayList(word.length);
        for (int i = 0; i < word.length; i++) {
            boolean occurs = i + 1 < word.length && word[i] == pair.left() && word[i + 1] == pair.right();
            merged.add(occurs ? id : word[i]);
            if (occurs) i++;
        }
        return merged.toIntArray();
    }
}

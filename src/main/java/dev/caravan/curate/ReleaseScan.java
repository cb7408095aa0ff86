package dev.caravan.curate;

import dev.caravan.curate.Overlap.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The rule of [Matcher.Release].
final class ReleaseScan implements RowScan {
    private final ReleaseIndex index;
    private final double tokenMatch;

    ReleaseScan(ReleaseIndex index, double tokenMatch) {
        this.index = index;
        this.tokenMatch = tokenMatch;
    }

    /// Of each item the turn that repeats most of it.
    @Override
    public List<Overlap> overlaps(List<String> turns) {
        Map<Integer, Overlap> best = new TreeMap<>();
        for (String turn : turns) {
            covered(turn).forEach((item, fields) -> {
                if (score(item, fields) > tokenMatch) best.merge(item, overlap(item, fields), ReleaseScan::larger);
            });
        }
        return List.copyOf(best.values());
    }

    /// The covered tokens of each field of each item that the turn shares a window with.
    private Map<Integer, Map<Integer, BitSet>> covered(String turn) {
        Map<Integer, Map<Integer, BitSet>> covered = new TreeMap<>();
        List<String> words = ReleaseTokens.phrase(turn);
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= Math.min(words.size(), from + index.longest()); to++) {
                index.places(words.subList(from, to))
                        .forEach(place -> covered.computeIfAbsent(place.item(), _ -> new TreeMap<>())
                                .computeIfAbsent(place.field(), _ -> new BitSet())
                                .set(place.token(), place.token() + index.n()));
            }
        }
        return covered;
    }

    /// The average over the item's fields, also those without a match.
    private double score(int item, Map<Integer, BitSet> fields) {
        List<Integer> tokens = index.tokens(item);
        double sum = 0;
        for (int i = 0; i < tokens.size(); i++) {
            BitSet covered = fields.get(index.firstField(item) + i);
            if (covered != null) sum += Overlap.share(covered.cardinality(), tokens.get(i));
        }
        return sum / tokens.size();
    }

    private Overlap overlap(int item, Map<Integer, BitSet> fields) {
        List<Integer> tokens = index.tokens(item);
        var spans = new ArrayList<Span>();
        int covered = 0;
        int start = 0; // tokens of the fields before
        for (int i = 0; i < tokens.size(); i++) {
            BitSet field = fields.getOrDefault(index.firstField(item) + i, new BitSet());
            addSpans(field, start, spans);
            covered += field.cardinality();
            start += tokens.get(i);
        }
        return new Overlap(item, covered, start, spans);
    }

    private static void addSpans(BitSet covered, int start, List<Span> spans) {
        for (int from = covered.nextSetBit(0); from >= 0; ) {
            int to = covered.nextClearBit(from);
            spans.add(new Span(start + from, start + to));
            from = covered.nextSetBit(to);
        }
    }

    private static Overlap larger(Overlap one, Overlap other) {
        return other.coverage() > one.coverage() ? other : one;
    }
}

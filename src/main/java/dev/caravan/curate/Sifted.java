package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a step of curation kept and what it rejected, both in the order of the input; together they are the input.
public record Sifted(List<Conversation> kept, List<Rejection> rejected) {
    public Sifted {
        kept = List.copyOf(kept);
        rejected = List.copyOf(rejected);
    }

    public int in() {
        return kept.size() + rejected.size();
    }

    /// Name of the filter to the number of rows that it rejected.
    public SortedMap<String, Integer> rejectedByFilter() {
        var counts = new TreeMap<String, Integer>();
        rejected.forEach(rejection -> counts.merge(rejection.filter(), 1, Integer::sum));
        return counts;
    }
}

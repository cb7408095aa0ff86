package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.List;

/// What deduplication kept and what it rejected, both in the order of the input; together they are the input.
///
/// @param clusters of two rows and more, in the order of their first rows
public record Deduplication(List<Conversation> kept, List<Rejection> rejected, List<Cluster> clusters) {
    public Deduplication {
        kept = List.copyOf(kept);
        rejected = List.copyOf(rejected);
        clusters = List.copyOf(clusters);
    }

    public int in() {
        return kept.size() + rejected.size();
    }
}

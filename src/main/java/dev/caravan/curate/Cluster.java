package dev.caravan.curate;

import java.io.Serializable;
import java.util.List;

/// Rows that say the same, or nearly so, of which one stays.
///
/// @param kept the id of the row that stays
/// @param rows all of them, in the order of the input
public record Cluster(String kept, List<Member> rows) implements Serializable {
    /// @param similarity Jaccard similarity of its word 5-grams to those of the row that stays; 1 for exact
    ///     duplicates
    public record Member(String id, String source, double similarity) implements Serializable {}

    public Cluster {
        rows = List.copyOf(rows);
    }

    /// Whether its rows come from more than one source.
    public boolean crossesSources() {
        return rows.stream().map(Member::source).distinct().count() > 1;
    }
}

package dev.caravan.curate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What filters and deduplication kept of the rows of one form, and what they rejected; together these are the input.
///
/// @param kept in the order of the input
/// @param rejected those that a filter rejected, then those that repeat others
/// @param clusters of rows that say the same, in the order of their first rows
public record Curated<T>(List<T> kept, List<Left<T>> rejected, List<Cluster> clusters) {
    /// A row that left.
    ///
    /// @param as the form in which it left, where it may stay in another; absent: a conversation
    public record Left<T>(T row, Rejection rejection, Optional<String> as) {
        /// The row's line in `rejected.jsonl`.
        public Map<String, Object> line() {
            var line = new LinkedHashMap<String, Object>();
            line.put("id", rejection.row().id());
            as.ifPresent(form -> line.put("as", form));
            rejection.line(row).forEach(line::putIfAbsent);
            return line;
        }
    }

    public Curated {
        kept = List.copyOf(kept);
        rejected = List.copyOf(rejected);
        clusters = List.copyOf(clusters);
    }

    public int in() {
        return kept.size() + rejected.size();
    }

    /// Name of what rejected rows to their number.
    public SortedMap<String, Integer> rejectedByFilter() {
        var counts = new TreeMap<String, Integer>();
        rejected.forEach(left -> counts.merge(left.rejection().filter(), 1, Integer::sum));
        return counts;
    }
}

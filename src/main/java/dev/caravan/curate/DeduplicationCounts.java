package dev.caravan.curate;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// The numbers of a deduplication. Those of rows that were counted elsewhere can be added.
public final class DeduplicationCounts implements Serializable {
    private final TreeMap<String, Long> rows = new TreeMap<>(); // by source
    private final TreeMap<String, Long> kept = new TreeMap<>(); // by source
    private final TreeMap<String, Long> rejected = new TreeMap<>(); // by filter
    private long clusters;
    private long acrossSources;

    public static DeduplicationCounts of(Deduplication result) {
        var counts = new DeduplicationCounts();
        result.kept().forEach(row -> counts.keep(row.source()));
        result.rejected().forEach(rejection -> counts.reject(rejection.row().source(), rejection.filter()));
        result.clusters().forEach(counts::add);
        return counts;
    }

    /// Counts a row that stays.
    public void keep(String source) {
        rows.merge(source, 1L, Long::sum);
        kept.merge(source, 1L, Long::sum);
    }

    /// Counts a row that leaves.
    public void reject(String source, String filter) {
        rows.merge(source, 1L, Long::sum);
        rejected.merge(filter, 1L, Long::sum);
    }

    public void add(Cluster cluster) {
        clusters++;
        acrossSources += cluster.crossesSources() ? 1 : 0;
    }

    public void addAll(DeduplicationCounts others) {
        others.rows.forEach((source, number) -> rows.merge(source, number, Long::sum));
        others.kept.forEach((source, number) -> kept.merge(source, number, Long::sum));
        others.rejected.forEach((filter, number) -> rejected.merge(filter, number, Long::sum));
        clusters += others.clusters;
        acrossSources += others.acrossSources;
    }

    /// What `report.json` says.
    ///
    /// @param rule what it says of the rule
    public Map<String, Object> report(Map<String, Object> rule) {
        var report = new LinkedHashMap<String, Object>();
        report.put("rows", sum(rows));
        report.put("kept", sum(kept));
        report.put("rejected", rejected);
        report.put("clusters", clusters);
        report.put("clusters_across_sources", acrossSources);
        report.put("rows_by_source", rows);
        report.put("kept_by_source", kept);
        report.putAll(rule);
        return report;
    }

    /// One line for people.
    public String summary() {
        return "%d rows: %d kept, %d left out in %d clusters".formatted(sum(rows), sum(kept), sum(rejected), clusters);
    }

    private static long sum(Map<String, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }
}

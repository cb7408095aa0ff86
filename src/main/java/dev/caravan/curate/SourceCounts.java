package dev.caravan.curate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What became of the rows of one source.
final class SourceCounts {
    private final String source;
    private final Policies.Policy policy;
    private final Optional<Contamination> dropped;
    private long rows;
    private long overlapping;
    private long clean;

    SourceCounts(String source, Policies.Policy policy, Optional<Contamination> dropped) {
        this.source = source;
        this.policy = policy;
        this.dropped = dropped;
    }

    void add(List<Overlap> overlaps, boolean stays) {
        rows++;
        overlapping += overlaps.isEmpty() ? 0 : 1;
        clean += stays ? 1 : 0;
    }

    long rows() {
        return rows;
    }

    long clean() {
        return clean;
    }

    Map<String, Object> line() {
        var line = new LinkedHashMap<String, Object>();
        line.put("source", source);
        line.put("policy", policy.name().toLowerCase(Locale.ROOT));
        line.put("rows", rows);
        line.put("overlapping", overlapping);
        line.put("removed", rows - clean);
        dropped.ifPresent(cell -> line.put("dropped_for", cell.task()));
        return line;
    }
}

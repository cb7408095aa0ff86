package dev.caravan.curate;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What became of the rows of one source.
final class SourceCounts implements Serializable {
    private long rows;
    private long overlapping;
    private long clean;

    void add(List<Overlap> overlaps, boolean stays) {
        rows++;
        overlapping += overlaps.isEmpty() ? 0 : 1;
        clean += stays ? 1 : 0;
    }

    void addAll(SourceCounts others) {
        rows += others.rows;
        overlapping += others.overlapping;
        clean += others.clean;
    }

    long rows() {
        return rows;
    }

    long clean() {
        return clean;
    }

    /// @param dropped why the source leaves as a whole
    Map<String, Object> line(String source, Policies.Policy policy, Optional<Contamination> dropped) {
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

package dev.caravan.curate;

import dev.caravan.config.Settings;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The numbers of a decontamination. Those of rows that were judged elsewhere can be added.
public final class DecontaminationCounts implements Serializable {
    private final ContaminationTable table;
    private final LinkedHashMap<String, SourceCounts> sources = new LinkedHashMap<>();
    private final LinkedHashMap<String, Long> reasons = new LinkedHashMap<>();

    /// @param limit share of a task's items above which a source is contaminated
    public DecontaminationCounts(List<TestItem> items, double limit) {
        this.table = new ContaminationTable(items, limit);
    }

    public void add(JudgedRow row) {
        table.add(row.source(), row.overlaps());
        of(row.source()).add(row.overlaps(), row.reason().isEmpty());
        row.reason().ifPresent(reason -> reasons.merge(reason, 1L, Long::sum));
    }

    /// Adds the numbers of rows behind those that this one counted.
    public void addAll(DecontaminationCounts others) {
        table.addAll(others.table);
        others.sources.forEach((source, counts) -> of(source).addAll(counts));
        others.reasons.forEach((reason, rows) -> reasons.merge(reason, rows, Long::sum));
    }

    private SourceCounts of(String source) {
        return sources.computeIfAbsent(source, _ -> new SourceCounts());
    }

    public long rows() {
        return sources.values().stream().mapToLong(SourceCounts::rows).sum();
    }

    public long clean() {
        return sources.values().stream().mapToLong(SourceCounts::clean).sum();
    }

    /// How many rows left, by reason, in the order in which the reasons came up.
    public Map<String, Long> reasons() {
        return Collections.unmodifiableMap(reasons);
    }

    public ContaminationTable table() {
        return table;
    }

    /// What `report.json` says.
    ///
    /// @param recheck what it says of the second look at what was found clean
    public Map<String, Object> report(RowJudge judge, Map<String, Object> recheck) {
        var report = new LinkedHashMap<String, Object>();
        report.put("rows", rows());
        report.put("clean", clean());
        report.put("removed", reasons);
        report.put(
                "sources",
                sources.entrySet().stream()
                        .map(source -> line(judge, source.getKey(), source.getValue()))
                        .toList());
        report.put("tasks", TaskCounts.of(judge.screening()));
        report.put(
                "contaminated",
                table.cells().stream().filter(Contamination::contaminated).toList());
        report.put("rule", Settings.of(Decontaminator.class, judge.screening().rule()));
        report.put("policies", Settings.of(Policies.class, judge.policies()));
        report.put("recheck", recheck);
        return report;
    }

    private static Map<String, Object> line(RowJudge judge, String source, SourceCounts counts) {
        return counts.line(
                source,
                judge.policies().of(source),
                Optional.ofNullable(judge.dropped().get(source)));
    }
}

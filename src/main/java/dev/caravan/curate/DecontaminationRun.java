package dev.caravan.curate;

import dev.caravan.config.Settings;
import dev.caravan.io.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Sends training rows past test items into two outputs: what is clean, and what leaves, each with the item that
/// it repeats. In this order: [#survey] all rows, [#write] them, [#recheck] what was written as clean.
public final class DecontaminationRun {
    private final Screening screening;
    private final Policies policies;
    private final ContaminationTable surveyed;
    private final ContaminationTable table;
    private final Map<String, SourceCounts> sources = new LinkedHashMap<>();
    private final Map<String, Long> reasons = new LinkedHashMap<>();
    private final Recheck recheck;

    public DecontaminationRun(Screening screening, Policies policies) {
        this.screening = screening;
        this.policies = policies;
        this.surveyed = newTable();
        this.table = newTable();
        this.recheck = new Recheck(screening, policies);
    }

    /// A row on its way out.
    ///
    /// @param reason why it leaves, as it is counted; absent when it stays
    private record Judged(String source, List<Overlap> overlaps, Optional<String> reason, byte[] line) {}

    /// A first look at all rows, where only that can tell which sources leave as a whole; otherwise nothing.
    public <T> void survey(TrainingRows<T> rows) {
        if (!policies.mayDrop()) return;
        try (Stream<T> stream = rows.stream().get()) {
            screening
                    .each(
                            stream,
                            rows.messages(),
                            (row, overlaps) -> Map.entry(rows.source().apply(row), overlaps))
                    .forEach(found -> surveyed.add(found.getKey(), found.getValue()));
        }
    }

    /// Writes each row, as a line of JSON, to one of two outputs.
    public <T> void write(TrainingRows<T> rows, OutputStream clean, OutputStream removed) throws IOException {
        Map<String, Contamination> dropped = dropped();
        try (Stream<T> stream = rows.stream().get()) {
            Iterator<Judged> judged = screening
                    .each(stream, rows.messages(), (row, overlaps) -> judge(rows, row, overlaps, dropped))
                    .iterator();
            while (judged.hasNext()) {
                Judged row = judged.next();
                count(row, dropped);
                OutputStream out = row.reason().isEmpty() ? clean : removed;
                out.write(row.line());
                out.write('\n');
            }
        }
    }

    /// Reads what was written as clean, and compares it once more.
    ///
    /// @throws IllegalStateException when a row of it still repeats an item
    public <T> void recheck(TrainingRows<T> clean) {
        recheck.read(clean);
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
    public Map<String, Object> report() {
        var report = new LinkedHashMap<String, Object>();
        report.put("rows", rows());
        report.put("clean", clean());
        report.put("removed", reasons);
        report.put("sources", sources.values().stream().map(SourceCounts::line).toList());
        report.put("tasks", TaskCounts.of(screening));
        report.put(
                "contaminated",
                table.cells().stream().filter(Contamination::contaminated).toList());
        report.put("rule", Settings.of(Decontaminator.class, screening.rule()));
        report.put("policies", Settings.of(Policies.class, policies));
        report.put("recheck", recheck.line());
        return report;
    }

    private ContaminationTable newTable() {
        return new ContaminationTable(screening.items(), screening.rule().datasetMatch());
    }

    /// The sources that leave as a whole, and for what.
    private Map<String, Contamination> dropped() {
        var dropped = new LinkedHashMap<String, Contamination>();
        for (String source : surveyed.sources()) {
            policies.reasonToDrop(source, surveyed.cells(source)).ifPresent(cell -> dropped.put(source, cell));
        }
        return dropped;
    }

    /// Runs on many threads.
    private <T> Judged judge(TrainingRows<T> rows, T row, List<Overlap> overlaps, Map<String, Contamination> dropped) {
        String source = rows.source().apply(row);
        Optional<Contamination> drop = Optional.ofNullable(dropped.get(source));
        boolean repeats = !overlaps.isEmpty() && policies.of(source) != Policies.Policy.REPORT;
        Object line = rows.line().apply(row);
        if (drop.isEmpty() && !repeats) return new Judged(source, overlaps, Optional.empty(), Json.line(line));
        var removal = new Removal(rows.id().apply(row), line, worst(overlaps), drop);
        return new Judged(source, overlaps, Optional.of(removal.key()), Json.line(removal.line()));
    }

    private Optional<Removal.Repeated> worst(List<Overlap> overlaps) {
        return Screening.worst(overlaps)
                .map(overlap -> new Removal.Repeated(screening.items().get(overlap.item()), overlap));
    }

    private void count(Judged row, Map<String, Contamination> dropped) {
        table.add(row.source(), row.overlaps());
        sources.computeIfAbsent(
                        row.source(),
                        source ->
                                new SourceCounts(source, policies.of(source), Optional.ofNullable(dropped.get(source))))
                .add(row.overlaps(), row.reason().isEmpty());
        row.reason().ifPresent(reason -> reasons.merge(reason, 1L, Long::sum));
    }
}

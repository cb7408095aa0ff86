package dev.caravan.curate;

import dev.caravan.io.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides which training rows leave, each by itself.
///
/// @param dropped the sources that leave as a whole, see [Policies#dropped]
public record RowJudge(Screening screening, Policies policies, Map<String, Contamination> dropped) {
    public RowJudge {
        dropped = Map.copyOf(dropped);
    }

    /// The rows in their order, with what becomes of each.
    public <T> Stream<JudgedRow> each(TrainingRows<T> rows, Stream<T> stream) {
        return screening.each(stream, rows.messages(), (row, overlaps) -> judge(rows, row, overlaps));
    }

    /// Notes what rows overlap with, and nothing else.
    public static <T> void survey(
            Screening screening, TrainingRows<T> rows, Stream<T> stream, ContaminationTable table) {
        screening
                .each(
                        stream,
                        rows.messages(),
                        (row, overlaps) -> Map.entry(rows.source().apply(row), overlaps))
                .forEach(found -> table.add(found.getKey(), found.getValue()));
    }

    /// Runs on many threads.
    private <T> JudgedRow judge(TrainingRows<T> rows, T row, List<Overlap> overlaps) {
        String source = rows.source().apply(row);
        Optional<Contamination> drop = Optional.ofNullable(dropped.get(source));
        boolean repeats = !overlaps.isEmpty() && policies.of(source) != Policies.Policy.REPORT;
        Object line = rows.line().apply(row);
        if (drop.isEmpty() && !repeats) return new JudgedRow(source, overlaps, Optional.empty(), Json.line(line));
        var removal = new Removal(rows.id().apply(row), line, worst(overlaps), drop);
        return new JudgedRow(source, overlaps, Optional.of(removal.key()), Json.line(removal.line()));
    }

    private Optional<Removal.Repeated> worst(List<Overlap> overlaps) {
        return Screening.worst(overlaps)
                .map(overlap -> new Removal.Repeated(screening.items().get(overlap.item()), overlap));
    }
}

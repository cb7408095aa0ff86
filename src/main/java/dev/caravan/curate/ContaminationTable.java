package dev.caravan.curate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Which items of every task the rows of every source overlap with. Sources stand in order of appearance, tasks
/// in the order of the items.
public final class ContaminationTable implements Serializable {
    private static final String HEAD = "train\teval\titems\tmatched\tshare\n";

    private final double limit;
    private final LinkedHashMap<String, BitSet> itemsByTask = new LinkedHashMap<>();
    private final LinkedHashMap<String, BitSet> matchedBySource = new LinkedHashMap<>();

    /// @param limit share of a task's items above which a source is contaminated
    public ContaminationTable(List<TestItem> items, double limit) {
        this.limit = limit;
        for (int i = 0; i < items.size(); i++) {
            itemsByTask.computeIfAbsent(items.get(i).task(), _ -> new BitSet()).set(i);
        }
    }

    /// Notes what a row of a source overlaps with.
    public void add(String source, List<Overlap> overlaps) {
        BitSet matched = matchedBySource.computeIfAbsent(source, _ -> new BitSet());
        overlaps.forEach(overlap -> matched.set(overlap.item()));
    }

    /// Notes what another table noted, of rows behind those of this one and of the same items.
    public void addAll(ContaminationTable others) {
        others.matchedBySource.forEach((source, matched) ->
                matchedBySource.computeIfAbsent(source, _ -> new BitSet()).or(matched));
    }

    /// In order of appearance.
    Set<String> sources() {
        return matchedBySource.keySet();
    }

    /// Every source against every task.
    public List<Contamination> cells() {
        return matchedBySource.keySet().stream()
                .flatMap(source -> cells(source).stream())
                .toList();
    }

    /// One source against every task.
    public List<Contamination> cells(String source) {
        BitSet matched = matchedBySource.getOrDefault(source, new BitSet());
        var cells = new ArrayList<Contamination>();
        itemsByTask.forEach((task, items) -> {
            BitSet both = (BitSet) items.clone();
            both.and(matched);
            cells.add(Contamination.of(source, task, items.cardinality(), both.cardinality(), limit));
        });
        return cells;
    }

    /// The text of `contamination.tsv`.
    public String tsv() {
        return cells().stream().map(ContaminationTable::line).collect(Collectors.joining("", HEAD, ""));
    }

    private static String line(Contamination cell) {
        return String.format(
                Locale.ROOT,
                "%s\t%s\t%d\t%d\t%.4f\n",
                cell.source(),
                cell.task(),
                cell.items(),
                cell.matched(),
                cell.share());
    }
}

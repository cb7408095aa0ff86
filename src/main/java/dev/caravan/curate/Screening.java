package dev.caravan.curate;

import dev.caravan.curate.Overlap.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Rows on their way past the test items, with the counts for the table.
final class Screening<T> {
    private final Decontaminator rule;
    private final List<TestItem> items;
    private final NgramScan scan;
    private final Map<List<String>, List<Integer>> shortItems = new HashMap<>();
    private final Map<String, BitSet> matchedBySource = new LinkedHashMap<>();
    private final List<T> kept = new ArrayList<>();
    private final List<Removal<T>> removed = new ArrayList<>();

    Screening(Decontaminator rule, List<TestItem> items) {
        this.rule = rule;
        this.items = items;
        this.scan = new NgramScan(new NgramIndex(rule.n(), items));
        for (int i = 0; i < items.size(); i++) {
            addIfShort(i);
        }
    }

    void add(T row, String source, List<String> turns) {
        BitSet matched = matchedBySource.computeIfAbsent(source, _ -> new BitSet());
        List<Overlap> overlaps = Stream.concat(
                        scan.overlaps(turns).stream().filter(overlap -> overlap.coverage() > rule.tokenMatch()),
                        turns.stream().flatMap(this::shortOverlaps))
                .toList();
        overlaps.forEach(overlap -> matched.set(overlap.item()));
        best(overlaps)
                .ifPresentOrElse(
                        overlap -> removed.add(new Removal<>(row, items.get(overlap.item()), overlap)),
                        () -> kept.add(row));
    }

    Decontamination<T> result() {
        return new Decontamination<>(kept, removed, table());
    }

    private void addIfShort(int item) {
        List<List<String>> fields =
                items.get(item).texts().stream().map(Words::of).toList();
        List<String> words = fields.stream().flatMap(List::stream).toList();
        if (!words.isEmpty() && fields.stream().allMatch(field -> field.size() < rule.n())) {
            shortItems.computeIfAbsent(words, _ -> new ArrayList<>()).add(item);
        }
    }

    private Stream<Overlap> shortOverlaps(String turn) {
        if (shortItems.isEmpty()) {
            return Stream.empty();
        }
        List<String> words = Words.of(turn);
        var whole = List.of(new Span(0, words.size()));
        return shortItems.getOrDefault(words, List.of()).stream()
                .map(item -> new Overlap(item, words.size(), words.size(), whole));
    }

    /// The overlap with the largest coverage, the first of them where several have it.
    private static Optional<Overlap> best(List<Overlap> overlaps) {
        return overlaps.stream().min(Comparator.comparingDouble(overlap -> -overlap.coverage()));
    }

    private List<Contamination> table() {
        Map<String, BitSet> itemsByTask = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            itemsByTask.computeIfAbsent(items.get(i).task(), _ -> new BitSet()).set(i);
        }
        var table = new ArrayList<Contamination>();
        matchedBySource.forEach((source, matched) -> itemsByTask.forEach((task, ofTask) -> {
            BitSet both = (BitSet) matched.clone();
            both.and(ofTask);
            table.add(Contamination.of(source, task, ofTask.cardinality(), both.cardinality(), rule.datasetMatch()));
        }));
        return table;
    }
}

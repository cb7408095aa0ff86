package dev.caravan.curate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A training row that leaves.
///
/// @param repeats the item that it repeats most of; absent when it leaves with its source only
/// @param dropped why the whole source leaves
record Removal(String id, Object row, Optional<Repeated> repeats, Optional<Contamination> dropped) {
    record Repeated(TestItem item, Overlap overlap) {}

    /// The row's line in `removed.jsonl`.
    Map<String, Object> line() {
        var line = new LinkedHashMap<String, Object>();
        line.put("id", id);
        line.put("filter", "decontaminate");
        line.put(
                "reason",
                dropped.map(Removal::reason)
                        .orElseGet(() -> repeats.map(Removal::reason).orElse("")));
        repeats.ifPresent(repeated -> {
            line.put("task", repeated.item().task());
            line.put("test_id", repeated.item().id());
            line.put("test", repeated.item().texts());
            repeated.overlap().similarity().ifPresent(similarity -> line.put("similarity", similarity));
            if (repeated.overlap().similarity().isEmpty()) {
                line.put("coverage", repeated.overlap().coverage());
                line.put("spans", repeated.overlap().spans());
            }
        });
        line.put("row", row);
        return line;
    }

    /// The reason under which the row is counted.
    String key() {
        return dropped.map(cell -> "source contaminated for " + cell.task())
                .orElseGet(() -> "repeats "
                        + repeats.map(repeated -> repeated.item().task()).orElse(""));
    }

    private static String reason(Contamination cell) {
        return String.format(
                Locale.ROOT, "its source repeats %.1f %% of the items of %s", 100 * cell.share(), cell.task());
    }

    private static String reason(Repeated repeated) {
        return "repeats %s of %s"
                .formatted(repeated.item().id(), repeated.item().task());
    }
}

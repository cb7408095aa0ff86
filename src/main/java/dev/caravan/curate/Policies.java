package dev.caravan.curate;

import dev.caravan.config.Default;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What becomes of sources that repeat test items.
///
/// The paper drops a data set that is contaminated for a task it keeps unseen, and removes single rows where the
/// task served development: name the former under `unseen`.
///
/// @param standard of every source that `sources` does not name
/// @param sources the policies of single sources, by name
/// @param unseen tasks for which a contaminated source is dropped, unless its policy is to report only
public record Policies(
        @Default("remove") Policy standard,
        @Default("{}") Map<String, Policy> sources,
        @Default("[]") List<String> unseen) {
    /// What becomes of one source.
    public enum Policy {
        /// Rows that overlap with an item leave.
        REMOVE,
        /// A contaminated source leaves as a whole; of any other, the rows that overlap with an item.
        DROP,
        /// All rows stay; the table says how many would not.
        REPORT
    }

    public Policies {
        sources = Map.copyOf(sources);
        unseen = List.copyOf(unseen);
    }

    public static Policies of(Policy standard) {
        return new Policies(standard, Map.of(), List.of());
    }

    public Policy of(String source) {
        return sources.getOrDefault(source, standard);
    }

    /// Whether a whole source may have to leave, which only a first look at all rows can tell.
    public boolean mayDrop() {
        return standard == Policy.DROP || sources.containsValue(Policy.DROP) || !unseen.isEmpty();
    }

    /// The sources that leave as a whole, and for what.
    ///
    /// @param surveyed what a first look at all rows found
    public Map<String, Contamination> dropped(ContaminationTable surveyed) {
        var dropped = new LinkedHashMap<String, Contamination>();
        for (String source : surveyed.sources()) {
            reasonToDrop(source, surveyed.cells(source)).ifPresent(cell -> dropped.put(source, cell));
        }
        return dropped;
    }

    /// The first cell of a source for which it leaves as a whole.
    private Optional<Contamination> reasonToDrop(String source, List<Contamination> cells) {
        Policy policy = of(source);
        if (policy == Policy.REPORT) return Optional.empty();
        return cells.stream()
                .filter(Contamination::contaminated)
                .filter(cell -> policy == Policy.DROP || unseen.contains(cell.task()))
                .findFirst();
    }
}

package dev.caravan.curate;

import java.util.List;

/// What decontamination kept and what it took out, both in the order of the input; together they are the input.
///
/// @param table every source against every task, sources and tasks in order of appearance
public record Decontamination<T>(List<T> kept, List<Removal<T>> removed, List<Contamination> table) {
    public Decontamination {
        kept = List.copyOf(kept);
        removed = List.copyOf(removed);
        table = List.copyOf(table);
    }

    public int in() {
        return kept.size() + removed.size();
    }
}

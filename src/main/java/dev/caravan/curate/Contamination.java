package dev.caravan.curate;

import java.io.Serializable;

/// One cell of the table of sources and evaluation tasks.
///
/// @param items items of the task
/// @param matched those that some row of the source overlaps with
/// @param contaminated whether their share is above the rule's limit
public record Contamination(String source, String task, int items, int matched, boolean contaminated)
        implements Serializable {
    static Contamination of(String source, String task, int items, int matched, double limit) {
        return new Contamination(source, task, items, matched, (double) matched / items > limit);
    }

    public double share() {
        return (double) matched / items;
    }
}

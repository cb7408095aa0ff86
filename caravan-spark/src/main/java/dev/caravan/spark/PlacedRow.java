package dev.caravan.spark;

import dev.caravan.curate.Example;
import dev.caravan.curate.ReadRow;

/// A row and where it stands. Never leaves the task that read it.
///
/// @param source number of its source
record PlacedRow(long place, int source, ReadRow row) {
    /// The same row under another id.
    PlacedRow withId(String id) {
        return row instanceof Example example ? new PlacedRow(place, source, example.withId(id)) : this;
    }
}

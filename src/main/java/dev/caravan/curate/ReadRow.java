package dev.caravan.curate;

/// What became of one row of a source: an example, or a bad row.
public sealed interface ReadRow permits Example, BadRow {
    /// Where it stands: `file:line`.
    String where();
}

package dev.caravan.curate;

/// One row of a file as it was read: its object, or what is wrong with it.
sealed interface FileRow permits JsonRow, BadRow {
    /// Where it stands: `file:line`.
    String where();
}

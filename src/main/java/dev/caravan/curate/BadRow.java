package dev.caravan.curate;

import dev.caravan.DataException;
import java.io.Serializable;

/// A row that cannot be used as it is written.
///
/// @param where `file:line`
/// @param problem the rule that it breaks
/// @param text the row, or its beginning where it is long
public record BadRow(String where, String problem, String text) implements FileRow, ReadRow, Serializable {
    private static final int LONGEST_EXCERPT = 1_000;

    public BadRow {
        text = text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "…";
    }

    DataException failure() {
        return new DataException(where + ": " + problem);
    }
}

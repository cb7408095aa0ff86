package dev.caravan.recipe;

import dev.caravan.DataException;

/// Rules that every stage has for its rows.
final class DataRows {
    private DataRows() {}

    static void requireSome(int count, String where) {
        if (count == 0) {
            throw new DataException(where + " has no rows to work on; look at rejected.jsonl of the stage before, or at its source");
        }
    }
}

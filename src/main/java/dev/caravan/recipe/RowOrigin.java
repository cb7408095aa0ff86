package dev.caravan.recipe;

import dev.caravan.curate.Example;

/// Where a row of a file stood, a line of `origins.jsonl`.
///
/// @param from the file as the recipe names it, and the line in it, such as `rows/a.jsonl:7`
record RowOrigin(String id, String source, String from) {
    static final String FILE = "origins.jsonl";

    /// @param path where the file, folder or data set lies
    /// @param reference what the recipe calls it
    static RowOrigin of(Example row, String path, String reference) {
        String where = row.where();
        String from = where.startsWith(path) ? where.substring(path.length()) : ", " + where;
        return new RowOrigin(row.id(), row.source(), reference + from);
    }
}

package dev.caravan.curate;

import dev.caravan.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Rows of a data file as they stand, for readers that know their columns. The formats are those of [FileSource].
public final class PlainRows {
    private PlainRows() {}

    /// @throws DataException when the file or a row of it cannot be read
    public static List<JsonNode> read(Path file) {
        try (Stream<FileRow> rows = RowFile.rows(file)) {
            return rows.map(PlainRows::content).toList();
        }
    }

    private static JsonNode content(FileRow row) {
        return switch (row) {
            case JsonRow sound -> sound.content();
            case BadRow bad -> throw bad.failure();
        };
    }
}

package dev.caravan.data;

import dev.caravan.io.JsonLines;
import dev.caravan.io.Line;
import dev.caravan.io.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Records on disk: a file of JSON lines that can be read again and again, in its order.
///
/// @param type the records' type, such as [Conversation]
public record Dataset<T>(Path file, Class<T> type) {
    /// The records, one at a time. The stream holds the file open until it is closed; a bad line ends it with a
    /// message that begins with `file:line`.
    public Stream<T> stream() {
        return JsonLines.rows(file, type);
    }

    /// All records, in memory.
    public List<T> rows() {
        try (Stream<T> rows = stream()) {
            return rows.toList();
        }
    }

    /// How many records there are; reads the file once, without binding them.
    public long count() {
        try (Stream<Line> lines = JsonLines.lines(file)) {
            return lines.count();
        }
    }

    /// The SHA-256 of the file.
    public String hash() {
        return Sha256.of(file);
    }
}

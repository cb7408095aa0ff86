package dev.caravan.io;

import dev.caravan.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;

/// Files of one JSON object a line, plain or compressed as [PackedFile] says. Blank lines count as lines and are
/// passed over.
public final class JsonLines {
    private JsonLines() {}

    /// The rows of a file in their order. A bad one ends the stream with a message that begins with `file:line`.
    /// The stream holds the file open until it is closed.
    public static <T> Stream<T> rows(Path file, Class<T> type) {
        return lines(file).map(line -> line.as(type));
    }

    /// The lines of a file that are not blank.
    public static Stream<Line> lines(Path file) {
        InputStream in = open(file);
        Iterator<Line> lines = new LineReader(file, in);
        int order = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, order), false)
                .onClose(() -> close(file, in));
    }

    /// All rows of a file, or of none when the file is missing, up to a last line that a writer has not finished
    /// yet: for logs of a run that goes on or was killed.
    public static <T> List<T> finishedRows(Path file, Class<T> type) {
        if (!Files.exists(file)) return List.of();
        try (Stream<Line> lines = lines(file)) {
            return lines.filter(Predicate.not(Line::torn))
                    .map(line -> line.as(type))
                    .toList();
        }
    }

    /// Writes rows as a whole file and counts them; a name that ends in `.gz` compresses.
    public static long write(Store store, Path file, Stream<?> rows) {
        long[] count = new long[1];
        store.write(file, out -> {
            var packed = isGzip(file) ? new GZIPOutputStream(out) : out;
            for (Iterator<?> each = rows.iterator(); each.hasNext(); count[0]++) {
                packed.write(Json.line(each.next()));
                packed.write('\n');
            }
            if (packed instanceof GZIPOutputStream gzip) gzip.finish();
        });
        return count[0];
    }

    private static InputStream open(Path file) {
        if (Files.isDirectory(file))
            throw new DataException("cannot read " + file + ": it is a folder; name a file in it");
        return PackedFile.open(file);
    }

    private static boolean isGzip(Path file) {
        return file.toString().endsWith(".gz");
    }

    private static void close(Path file, InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw FileFailure.of("read", file, e);
        }
    }
}

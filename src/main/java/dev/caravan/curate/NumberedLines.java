package dev.caravan.curate;

import dev.caravan.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The lines of a UTF-8 file, unpacked where its name ends with `.gz`, with their numbers, blank ones left out. The
/// file is closed after its last line, or with the stream.
final class NumberedLines implements Iterator<NumberedLines.Line> {
    /// @param where `file:line`
    record Line(String where, String text) {}

    private final String path;
    private final BufferedReader reader;
    private long number;
    private @Nullable Line next;

    private NumberedLines(String path) throws IOException {
        this.path = path;
        this.reader = new BufferedReader(new InputStreamReader(open(path), StandardCharsets.UTF_8.newDecoder()));
        this.next = read();
    }

    /// @throws DataException when the file cannot be read, or is not UTF-8
    static Stream<Line> of(String path) {
        try {
            var lines = new NumberedLines(path);
            var spliterator = Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED | Spliterator.NONNULL);
            return StreamSupport.stream(spliterator, false).onClose(lines::close);
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + path, e);
        } catch (IOException e) {
            throw new DataException("cannot read %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static InputStream open(String path) throws IOException {
        InputStream file = Files.newInputStream(Path.of(path));
        if (!path.endsWith(".gz")) {
            return file;
        }
        try {
            return new GZIPInputStream(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Line next() {
        if (next == null) {
            throw new NoSuchElementException(path + " has no more lines");
        }
        Line line = next;
        next = read();
        return line;
    }

    private @Nullable Line read() {
        try {
            String text = reader.readLine();
            number++;
            while (text != null && text.isBlank()) {
                text = reader.readLine();
                number++;
            }
            if (text == null) {
                reader.close();
                return null;
            }
            return new Line(path + ":" + number, text);
        } catch (IOException e) {
            // decoding runs ahead of the lines, so the damage may lie some lines further on
            throw new DataException("%s:%d: cannot be read, is it UTF-8 text? (%s)".formatted(path, number + 1, e), e);
        }
    }

    private void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.caravan.io;

import dev.caravan.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The lines of a stream that are not blank, each a [Line].
final class LineReader implements Iterator<Line> {
    private final Path file;
    private final ByteLines lines;
    private @Nullable Line next;

    LineReader(Path file, InputStream in) {
        this.file = file;
        lines = new ByteLines(in);
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            Line line = read();
            if (line == null) return false;
            if (!line.text().isBlank()) next = line;
        }
        return true;
    }

    @Override
    public Line next() {
        if (!hasNext() || next == null) throw new NoSuchElementException();
        Line line = next;
        next = null;
        return line;
    }

    private @Nullable Line read() {
        try {
            return lines.next() ? new Line(file, lines.number(), text(), lines.ended()) : null;
        } catch (EOFException e) {
            throw new DataException(
                    place(lines.number() + 1) + ": the compressed file is cut off here; fetch or make it again", e);
        } catch (IOException e) {
            throw FileFailure.of("read", file, e);
        }
    }

    /// A writer may have been stopped within a character.
    private String text() {
        try {
            return lines.text();
        } catch (CharacterCodingException e) {
            if (lines.ended()) throw new DataException(place(lines.number()) + ": the line is not UTF-8 text", e);
            return new String(lines.buffer(), lines.start(), lines.length(), StandardCharsets.UTF_8);
        }
    }

    private String place(long number) {
        return file.getFileName() + ":" + number;
    }
}

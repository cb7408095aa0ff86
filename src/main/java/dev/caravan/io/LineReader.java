package dev.caravan.io;

import dev.caravan.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The lines of a stream that are not blank. A line ends at `\n` alone, since JSON text may hold every other
/// separator.
final class LineReader implements Iterator<Line> {
    private final Path file;
    private final ByteLines lines;
    private @Nullable Line next;

    LineReader(Path file, InputStream in) {
        this.file = file;
        this.lines = new ByteLines(in);
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
            return lines.next() ? new Line(file, lines.number(), lines.text(), lines.ended()) : null;
        } catch (CharacterCodingException e) {
            throw new DataException(place(lines.number()) + ": the line is not UTF-8 text", e);
        } catch (EOFException e) {
            String rule = ": the compressed file is cut off here; fetch or make it again";
            throw new DataException(place(lines.number() + 1) + rule, e);
        } catch (IOException e) {
            throw FileFailure.of("read", file, e);
        }
    }

    private String place(long number) {
        return file.getFileName() + ":" + number;
    }
}

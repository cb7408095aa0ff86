package dev.caravan.io;

import dev.caravan.DataException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The lines of a stream that are not blank. A line ends at `\n` alone, since JSON text may hold every other
/// separator.
final class LineReader implements Iterator<Line> {
    private final Path file;
    private final InputStream in;
    private long number;
    private @Nullable Line next;

    LineReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
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
        var bytes = new ByteArrayOutputStream();
        try {
            int b = in.read();
            while (b >= 0 && b != '\n') {
                bytes.write(b);
                b = in.read();
            }
            if (b < 0 && bytes.size() == 0) return null;
            return new Line(file, ++number, text(bytes.toByteArray()), b == '\n');
        } catch (EOFException e) {
            throw new DataException(place() + ": the compressed file is cut off here; fetch or make it again", e);
        } catch (IOException e) {
            throw FileFailure.of("read", file, e);
        }
    }

    private String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException(file.getFileName() + ":" + number + ": the line is not UTF-8 text", e);
        }
    }

    private String place() {
        return file.getFileName() + ":" + (number + 1);
    }
}

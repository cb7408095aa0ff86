package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.io.ByteLines;
import dev.caravan.io.PackedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The [lines][ByteLines] of a UTF-8 file with their numbers, blank ones left out. A line that is no UTF-8, or too long
/// to be a row, spoils none of the others.
final class NumberedLines implements Iterator<NumberedLines.Line>, AutoCloseable {
    static final int LONGEST_BYTES = 1 << 26;
    private static final int EXCERPT_BYTES = 200;

    /// @param problem why the text cannot be used; empty when it can
    record Line(String where, String text, String problem) {}

    private final Path file;
    private final int longest;
    private final InputStream in;
    private final ByteLines lines;
    private long left; // bytes before which lines may begin
    private @Nullable Line next;

    private NumberedLines(Path file, int longest, FilePiece piece) {
        this.file = file;
        this.longest = longest;
        this.in = open(file, piece);
        lines = new ByteLines(in, longest, piece.firstLine());
        this.left = piece.to() - piece.from();
    }

    private static InputStream open(Path file, FilePiece piece) {
        try {
            return piece.from() == 0 ? PackedFile.open(file) : piece.open(piece.from());
        } catch (IOException e) {
            throw piece.unreadable(e);
        }
    }

    /// @throws DataException when the file cannot be opened
    static NumberedLines of(FilePiece piece) {
        return new NumberedLines(Path.of(piece.path()), LONGEST_BYTES, piece);
    }

    /// @param longest bytes of a line at most
    static NumberedLines of(Path file, int longest) {
        return new NumberedLines(file, longest, FilePiece.whole(file));
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            Line line = read();
            if (line == null) return false;
            if (!line.text().isBlank() || !line.problem().isEmpty()) next = line;
        }
        return true;
    }

    @Override
    public Line next() {
        if (!hasNext() || next == null) throw new NoSuchElementException(file + " has no more lines");
        Line line = next;
        next = null;
        return line;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new DataException("cannot close %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private @Nullable Line read() {
        if (left <= 0) return null;
        try {
            if (!lines.next()) return null;
            left -= lines.fullLength() + 1;
            return lines.fullLength() > longest ? tooLong() : decoded();
        } catch (IOException e) {
            throw new DataException(
                    "%s:%d: the file cannot be read beyond this line (%s); fetch or make it again"
                            .formatted(file, lines.number() + 1, e.getMessage()),
                    e);
        }
    }

    private Line tooLong() {
        String problem =
                "the row is too long: %,d bytes, and a row has %,d at most".formatted(lines.fullLength(), longest);
        return new Line(where(), bytes(Math.min(EXCERPT_BYTES, longest), StandardCharsets.UTF_8), problem);
    }

    private Line decoded() {
        try {
            return new Line(where(), lines.text(), "");
        } catch (CharacterCodingException _) {
            String problem = "the line is not UTF-8 text; convert the file, as with 'iconv -t UTF-8'";
            return new Line(where(), bytes(lines.length(), StandardCharsets.ISO_8859_1), problem);
        }
    }

    private String bytes(int count, Charset charset) {
        return new String(lines.buffer(), lines.start(), count, charset);
    }

    private String where() {
        return file + ":" + lines.number();
    }
}

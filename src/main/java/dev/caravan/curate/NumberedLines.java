package dev.caravan.curate;

import dev.caravan.DataException;
import dev.caravan.io.PackedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The lines of a UTF-8 file with their numbers, blank ones left out. A line ends at `\n` alone, since a JSON text
/// may hold every other separator. A line that is no UTF-8, or too long to be a row, spoils none of the others.
final class NumberedLines implements Iterator<NumberedLines.Line>, AutoCloseable {
    static final int LONGEST_BYTES = 1 << 26;
    private static final int EXCERPT_BYTES = 200;

    /// @param problem why the text cannot be used; empty when it can
    record Line(String where, String text, String problem) {}

    private final Path file;
    private final int longest;
    private final InputStream in;
    private long number; // of the line before
    private long left; // bytes before which lines may begin
    private @Nullable Line next;

    private NumberedLines(Path file, int longest, FilePiece piece) {
        this.file = file;
        this.longest = longest;
        this.in = open(file, piece);
        this.number = piece.firstLine() - 1;
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
        var bytes = new ByteArrayOutputStream();
        number++;
        try {
            long length = copyLine(bytes);
            if (length < 0) return null;
            if (length > longest) return tooLong(bytes, length);
            return decoded(bytes.toByteArray());
        } catch (IOException e) {
            throw new DataException(
                    "%s: the file cannot be read beyond this line (%s); fetch or make it again"
                            .formatted(where(), e.getMessage()),
                    e);
        }
    }

    /// Copies up to the newline; of a line that is too long no more than fits.
    ///
    /// @return the line's length; -1 at the end of the file
    private long copyLine(ByteArrayOutputStream bytes) throws IOException {
        int b = in.read();
        if (b < 0) return -1;
        long length = 0;
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (length++ < longest) bytes.write(b);
        }
        left -= length + 1;
        return length;
    }

    private Line tooLong(ByteArrayOutputStream bytes, long length) {
        String start = new String(bytes.toByteArray(), 0, Math.min(EXCERPT_BYTES, longest), StandardCharsets.UTF_8);
        String problem = "the row is too long: %,d bytes, and a row has %,d at most".formatted(length, longest);
        return new Line(where(), start, problem);
    }

    private Line decoded(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Line(where(), number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text, "");
        } catch (CharacterCodingException _) {
            String problem = "the line is not UTF-8 text; convert the file, as with 'iconv -t UTF-8'";
            return new Line(where(), new String(bytes, StandardCharsets.ISO_8859_1), problem);
        }
    }

    private String where() {
        return file + ":" + number;
    }
}

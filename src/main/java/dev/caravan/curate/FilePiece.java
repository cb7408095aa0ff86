package dev.caravan.curate;

import dev.caravan.DataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A data file, or some of the lines of one, that can be read apart from the rest.
///
/// @param from the byte at which its first line begins
/// @param to the byte before which its last line begins
/// @param firstLine number of its first line, from 1
public record FilePiece(String path, long from, long to, long firstLine) implements Serializable {
    private static final int BUFFER_BYTES = 1 << 16;

    static FilePiece whole(Path file) {
        return new FilePiece(file.toString(), 0, Long.MAX_VALUE, 1);
    }

    /// The files of a source in their order, those of plain lines in pieces. The pieces of a file have the line numbers
    /// of its beginning, until [#startingAt] tells them theirs.
    ///
    /// @param bytes size of a piece, at least 1
    /// @throws DataException when there is no such file
    public static List<FilePiece> of(FileSource source, long bytes) {
        return RowFile.files(Path.of(source.path()), RowFile.TRAIN).stream()
                .flatMap(file -> cut(file, bytes).stream())
                .toList();
    }

    public FilePiece startingAt(long line) {
        return new FilePiece(path, from, to, line);
    }

    /// How many lines begin in it, blank ones included. Of a file that cannot be cut, 0.
    public long lines() {
        if (to == Long.MAX_VALUE) return 0;
        try (InputStream in = open(from)) {
            byte[] bytes = new byte[BUFFER_BYTES];
            long lines = 0;
            for (long left = to - from; left > 0; ) {
                int read = in.read(bytes, 0, (int) Math.min(left, bytes.length));
                if (read < 0) return lines;
                for (int i = 0; i < read; i++) {
                    lines += bytes[i] == '\n' ? 1 : 0;
                }
                left -= read;
            }
            return lines;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Opens a file that can be cut, from a byte on.
    InputStream open(long byteNumber) throws IOException {
        FileChannel channel = FileChannel.open(Path.of(path));
        try {
            return new BufferedInputStream(Channels.newInputStream(channel.position(byteNumber)), BUFFER_BYTES);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    DataException unreadable(IOException e) {
        return new DataException("cannot read %s: %s".formatted(path, e.getMessage()), e);
    }

    private static List<FilePiece> cut(Path file, long bytes) {
        FilePiece whole = whole(file);
        try {
            long size = Files.size(file);
            if (size <= bytes || !RowFile.canBeCut(file)) return List.of(whole);
            var pieces = new ArrayList<FilePiece>();
            for (long from = 0; from < size; ) {
                long to = from + bytes < size ? whole.nextLine(from + bytes, size) : size;
                pieces.add(new FilePiece(file.toString(), from, to, 1));
                from = to;
            }
            return pieces;
        } catch (IOException e) {
            throw whole.unreadable(e);
        }
    }

    /// The first byte from `at` on, at least 1, with which a line begins.
    private long nextLine(long at, long size) throws IOException {
        try (InputStream in = open(at - 1)) {
            for (long next = at; next < size; next++) {
                if (in.read() == '\n') return next;
            }
            return size;
        }
    }
}

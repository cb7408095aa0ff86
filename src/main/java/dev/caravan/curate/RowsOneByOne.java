package dev.caravan.curate;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The rows of a file, read one ahead.
abstract class RowsOneByOne implements Iterator<FileRow>, AutoCloseable {
    final Path file;
    private @Nullable FileRow next;

    RowsOneByOne(Path file) {
        this.file = file;
    }

    /// The next row; null behind the last.
    abstract @Nullable FileRow read();

    @Override
    public final boolean hasNext() {
        if (next == null) next = read();
        return next != null;
    }

    @Override
    public final FileRow next() {
        if (!hasNext() || next == null) throw new NoSuchElementException(file + " has no more rows");
        FileRow row = next;
        next = null;
        return row;
    }
}

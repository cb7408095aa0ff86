package dev.caravan.io;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Files that may be compressed: a name that ends in `.gz` or `.zst` is unpacked while it is read.
public final class PackedFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private PackedFile() {}

    /// The file's content, unpacked. To be read many bytes at a time.
    ///
    /// @throws dev.caravan.DataException when it cannot be opened
    public static InputStream open(Path file) {
        try {
            InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
            return unpacked(file.toString(), in);
        } catch (IOException e) {
            throw FileFailure.of("read", file, e);
        }
    }

    /// The file's name without the ending that says how it is compressed.
    public static String nameWithin(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.(gz|zst)$", "");
    }

    private static InputStream unpacked(String name, InputStream in) throws IOException {
        try {
            if (name.endsWith(".gz")) return new GZIPInputStream(in, BUFFER_BYTES);
            if (name.endsWith(".zst")) return new ZstdInputStreamNoFinalizer(in);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}

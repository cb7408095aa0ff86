package dev.caravan.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A file of JSON lines that grows. What was added is safe on the disk after [#sync]; a checkpoint notes [#length],
/// and a resumed run cuts the file back to it with [Store#truncate].
public final class Appender implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final FileSink sink;
    private final OutputStream out;
    private long length;

    Appender(Path file, FileSink sink) throws IOException {
        this.file = file;
        this.sink = sink;
        this.out = new BufferedOutputStream(Channels.newOutputStream(sink), BUFFER_BYTES);
        this.length = sink.size();
    }

    /// Adds a row as one line of JSON.
    public void add(Object row) {
        byte[] line = (Json.write(row) + "\n").getBytes(StandardCharsets.UTF_8);
        attempt(() -> out.write(line));
        length += line.length;
    }

    /// Bytes of the file, those not yet flushed included.
    public long length() {
        return length;
    }

    /// Hands what was added to the operating system, so that other readers see it.
    public void flush() {
        attempt(out::flush);
    }

    /// Forces what was added to the disk.
    public void sync() {
        attempt(() -> {
            out.flush();
            sink.sync();
        });
    }

    @Override
    public void close() {
        attempt(() -> {
            try (sink) {
                out.flush();
            }
        });
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private void attempt(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw FileFailure.of("write", file, e);
        }
    }
}

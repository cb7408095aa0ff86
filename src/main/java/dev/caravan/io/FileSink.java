package dev.caravan.io;

import dev.caravan.io.Disk.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// A file open for writing, which asks its [Disk] before every write and sync.
final class FileSink implements WritableByteChannel {
    private final Path path;
    private final Disk disk;
    private final FileChannel channel;

    private FileSink(Path path, Disk disk, FileChannel channel) {
        this.path = path;
        this.disk = disk;
        this.channel = channel;
    }

    static FileSink open(Path path, Disk disk, OpenOption... options) throws IOException {
        disk.before(Operation.CREATE, path);
        return new FileSink(path, disk, FileChannel.open(path, options));
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        disk.before(Operation.WRITE, path);
        int written = 0;
        while (bytes.hasRemaining()) {
            written += channel.write(bytes);
        }
        return written;
    }

    void sync() throws IOException {
        disk.before(Operation.SYNC, path);
        channel.force(true);
    }

    long size() throws IOException {
        return channel.size();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

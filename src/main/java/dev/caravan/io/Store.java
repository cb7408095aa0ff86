package dev.caravan.io;

import dev.caravan.io.Disk.Operation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The one class that writes. A file or a folder is first a draft beside its final name, is then forced to the
/// disk, and becomes visible by one atomic rename: at any instant a reader finds the old thing whole, or the new
/// one.
///
/// Nothing old is deleted before the new is safe. A kill between two renames of a replaced folder leaves the old
/// one under its `.old` name, and [#recoverFolder] puts it back.
public final class Store {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Disk disk;

    public Store() {
        this((_, _) -> {});
    }

    Store(Disk disk) {
        this.disk = disk;
    }

    /// Writes the bytes of a file.
    @FunctionalInterface
    public interface StreamContent {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Writes the bytes of a large file without a copy through a stream's buffer.
    @FunctionalInterface
    public interface ChannelContent {
        void writeTo(WritableByteChannel out) throws IOException;
    }

    /// Writes or replaces a file as a whole.
    public void write(Path file, StreamContent content) {
        writeChannel(file, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            content.writeTo(out);
            out.flush();
        });
    }

    /// Writes or replaces a text file as a whole, in UTF-8.
    public void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// As [#write(Path, StreamContent)], through a channel.
    public void writeChannel(Path file, ChannelContent content) {
        attempt("write", file, () -> {
            Path draft = draftOf(file);
            try {
                try (var sink = FileSink.open(
                        draft,
                        disk,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
                    content.writeTo(sink);
                    sink.sync();
                }
                rename(draft, file);
            } catch (IOException e) {
                giveSpaceBack(draft);
                throw e;
            }
        });
    }

    /// Opens a file to add lines to it, and creates it where it is missing. A last line without its newline, left
    /// behind by a kill, is cut off.
    public Appender appender(Path file) {
        return attemptFor("write", file, () -> {
            boolean isNew = !Files.exists(file);
            if (!isNew) cut(file, lengthOfWholeLines(file));
            FileSink sink = FileSink.open(
                    file, disk, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            try {
                if (isNew) syncFolder(parent(file));
                return new Appender(file, sink);
            } catch (IOException e) {
                sink.close();
                throw e;
            }
        });
    }

    /// Adds bytes to a file that is not whole yet, and creates it where it is missing. What was added before a failure
    /// stays, so that the next attempt can go on behind it.
    public void append(Path file, StreamContent content) {
        attempt("write", file, () -> {
            try (FileSink sink = FileSink.open(
                    file, disk, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                content.writeTo(Channels.newOutputStream(sink));
                sink.sync();
            }
        });
    }

    /// Makes a symbolic link to a path relative to it, in place of what had its name.
    public void link(Path link, Path target) {
        attempt("link", link, () -> {
            Path draft = draftOf(link);
            disk.before(Operation.CREATE, link);
            Files.deleteIfExists(draft);
            Files.createSymbolicLink(draft, target);
            rename(draft, link);
        });
    }

    /// Cuts a file to its first `length` bytes, safely on the disk.
    public void truncate(Path file, long length) {
        attempt("shorten", file, () -> cut(file, length));
    }

    /// Begins the files of a command in a folder that may hold earlier ones. Their `report.json` goes, and the new
    /// one is written last: where there is one, the files beside it belong together.
    public void beginResults(Path folder) {
        createFolder(folder);
        delete(folder.resolve("report.json"));
    }

    /// Creates a folder and its parents.
    public void createFolder(Path folder) {
        attempt("create", folder, () -> create(folder.toAbsolutePath()));
    }

    /// An empty folder beside `folder`, invisible until [#publishFolder] gives it its name.
    public Path draftFolder(Path folder) {
        Path draft = draftOf(folder);
        attempt("create", draft, () -> {
            deleteTree(draft);
            create(draft.toAbsolutePath());
        });
        return draft;
    }

    /// Makes the draft of `folder` visible under its name, in place of what had that name.
    public void publishFolder(Path folder) {
        Path old = oldOf(folder);
        attempt("publish", folder, () -> {
            syncTree(draftOf(folder));
            deleteTree(old);
            if (Files.exists(folder)) rename(folder, old);
            rename(draftOf(folder), folder);
            deleteTree(old);
        });
    }

    /// Undoes what a kill during [#publishFolder] or [#draftFolder] left half done.
    public void recoverFolder(Path folder) {
        Path old = oldOf(folder);
        attempt("recover", folder, () -> {
            if (Files.exists(old) && !Files.exists(folder)) rename(old, folder);
            deleteTree(old);
            deleteTree(draftOf(folder));
        });
    }

    /// Renames a file or folder, atomically.
    public void move(Path from, Path to) {
        attempt("rename", from, () -> rename(from, to));
    }

    /// Deletes a file, or a folder with all that lies in it; nothing happens where there is none.
    public void delete(Path path) {
        attempt("delete", path, () -> deleteTree(path));
    }

    private void rename(Path from, Path to) throws IOException {
        disk.before(Operation.RENAME, to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(parent(to));
    }

    private void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        create(parent(folder));
        disk.before(Operation.CREATE, folder);
        Files.createDirectory(folder);
        syncFolder(parent(folder));
    }

    private void cut(Path file, long length) throws IOException {
        if (Files.size(file) == length) return;
        disk.before(Operation.TRUNCATE, file);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    private void syncTree(Path folder) throws IOException {
        for (Path path : deepestFirst(folder)) {
            if (Files.isDirectory(path)) {
                syncFolder(path);
            } else {
                syncPath(path, StandardOpenOption.WRITE);
            }
        }
    }

    private void syncFolder(Path folder) throws IOException {
        syncPath(folder, StandardOpenOption.READ);
    }

    private void syncPath(Path path, StandardOpenOption mode) throws IOException {
        disk.before(Operation.SYNC, path);
        try (var channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private void deleteTree(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
        for (Path each : deepestFirst(path)) {
            disk.before(Operation.DELETE, each);
            Files.delete(each);
        }
        syncFolder(parent(path));
    }

    private static List<Path> deepestFirst(Path path) throws IOException {
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long lengthOfWholeLines(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            long end = bytes.length();
            while (end > 0) {
                bytes.seek(end - 1);
                if (bytes.read() == '\n') return end;
                end--;
            }
            return 0;
        }
    }

    private static void giveSpaceBack(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException _) {
            // the first failure is the one to tell; a draft that stays is overwritten by the next attempt
        }
    }

    private static Path draftOf(Path path) {
        return path.resolveSibling("." + path.getFileName() + ".draft");
    }

    private static Path oldOf(Path path) {
        return path.resolveSibling("." + path.getFileName() + ".old");
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(), "the root has no parent");
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws IOException;
    }

    private static void attempt(String verb, Path path, Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw FileFailure.of(verb, path, e);
        }
    }

    private static <T> T attemptFor(String verb, Path path, Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (IOException e) {
            throw FileFailure.of(verb, path, e);
        }
    }
}

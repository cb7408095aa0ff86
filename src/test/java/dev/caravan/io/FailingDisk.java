package dev.caravan.io;

import dev.caravan.io.Disk.Operation;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// Stores whose disk fails on cue.
public final class FailingDisk {
    /// The process died here. Nothing that comes after it may touch the disk.
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private int operations;

    /// How many operations the store has done or tried.
    public int operations() {
        return operations;
    }

    /// A store that only counts.
    public Store counting() {
        return new Store((_, _) -> operations++);
    }

    /// A store whose process is killed in operation `n` (from 1); a write then leaves the beginning of a line
    /// behind.
    public Store killedAt(int n) {
        return new Store((operation, path) -> {
            operations++;
            if (operations == n && operation == Operation.WRITE) {
                Files.writeString(path, "{\"torn\":", StandardOpenOption.APPEND);
            }
            if (operations >= n) throw new Killed();
        });
    }

    /// A store whose disk is full from operation `n` on; it still deletes.
    public Store fullFrom(int n) {
        return new Store((operation, path) -> {
            operations++;
            boolean grows = operation == Operation.WRITE || operation == Operation.CREATE;
            if (operations >= n && grows)
                throw new FileSystemException(path.toString(), null, "No space left on device");
        });
    }

    /// A store whose disk lets nothing be written.
    public static Store readOnly() {
        return new Store((_, path) -> {
            throw new FileSystemException(path.toString(), null, "Read-only file system");
        });
    }

    /// A store that fails in the way a broken disk does, in operation `n` alone.
    public Store brokenAt(int n) {
        return new Store((_, _) -> {
            if (++operations == n) throw new IOException("Input/output error");
        });
    }
}

package dev.caravan.io;

import java.io.IOException;
import java.nio.file.Path;

/// What [Store] asks before it touches the disk. The real disk says nothing; a test's disk fails at the n-th
/// question.
@FunctionalInterface
interface Disk {
    /// What a store does to a disk; each is atomic or may be torn as the system call of that name.
    enum Operation {
        CREATE,
        WRITE,
        SYNC,
        RENAME,
        TRUNCATE,
        DELETE
    }

    void before(Operation operation, Path path) throws IOException;
}

package dev.caravan.io;

import dev.caravan.DataException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The right of one process to write a folder. The operating system holds the lock and drops it when the process
/// dies, so a killed run never bars the next one; the file names the owner for people, and bars other machines on
/// shared disks whose locks do not reach across.
public final class RunLock implements AutoCloseable {
    private static final String NAME = ".lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Who writes a folder.
    ///
    /// @param started when the process began, in ISO 8601, or empty where the system does not say
    public record Owner(long pid, String host, String started) {
        static Owner current() {
            ProcessHandle process = ProcessHandle.current();
            return new Owner(process.pid(), hostName(), start(process));
        }

        /// Whether the owner is gone: a process of this machine that has ended, its number perhaps given to
        /// another.
        boolean isGone() {
            if (!host.equals(hostName())) return false;
            return ProcessHandle.of(pid)
                    .map(process -> !start(process).equals(started))
                    .orElse(true);
        }

        private static String start(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toString).orElse("");
        }

        private static String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException _) {
                return "localhost";
            }
        }
    }

    /// Takes the folder, or says who has it.
    public static RunLock take(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                return take(folder, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw FileFailure.of("lock", file, e);
        }
    }

    private static RunLock take(Path folder, FileChannel channel) throws IOException {
        boolean locked = tryLock(channel) != null;
        Optional<Owner> owner = owner(channel);
        if (!locked || owner.filter(other -> !other.isGone()).isPresent()) throw refusal(folder, owner);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(Json.write(Owner.current()).getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
        return new RunLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // this very process has it
        }
    }

    private static Optional<Owner> owner(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(channel.size(), 4096));
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Json.read(text, Owner.class));
        } catch (DataException _) {
            return Optional.empty(); // torn by a kill
        }
    }

    private static DataException refusal(Path folder, Optional<Owner> owner) {
        String who = owner.map(o -> "process %d on %s, started %s,".formatted(o.pid(), o.host(), o.started()))
                .orElse("another process");
        return new DataException(("%s is in use: %s writes it; wait for it to end, or choose another folder with --out"
                        + " (if that process is gone for sure, delete %s)")
                .formatted(folder, who, folder.resolve(NAME)));
    }

    /// Gives the folder back. The file stays, empty: deleting it would let two others lock two different files.
    @Override
    public void close() {
        try (channel) {
            channel.truncate(0);
        } catch (IOException e) {
            throw new IllegalStateException("a lock that was held cannot be given back", e);
        }
    }
}

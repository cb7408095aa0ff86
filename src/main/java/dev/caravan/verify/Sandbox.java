package dev.caravan.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// Runs untrusted Python programs with their tests, each in processes of its own that are kept apart from the host by
/// [Isolation] and within [Limits] by the kernel. As many run at a time as the host has processors; further callers
/// wait. Where the host cannot isolate, nothing runs.
///
/// A program with asserts or test cases has passed only if a secret of this run comes out after its tests; exit codes
/// and prints count nothing. The program cannot look the secret up (how, says `sandbox.py`), but it shares an
/// interpreter with its tests: an extension module that reads the memory of its own process could find it, if the
/// host's Python has one installed, and so could ctypes where a task allows it. What a program changes in a test case
/// while that runs, and puts back before it ends, is not seen either. A program that is judged by its output meets
/// nothing of what is expected.
public final class Sandbox {
    /// What one program may use.
    ///
    /// @param seconds by the clock since its process started; each of its processes has one more of processor time
    /// @param mebibytes of address space for each process, and of memory for all of them together
    public record Limits(int seconds, int mebibytes) {
        public static final Limits DEFAULT = new Limits(10, 1_024);
        static final int LEAST_MEBIBYTES = 64;

        private static final int TASKS = 32;
        private static final int OPEN_FILES = 32;
        private static final int FILE_BYTES = 2 << 20;

        public Limits {
            if (seconds < 1 || mebibytes < LEAST_MEBIBYTES) {
                throw new IllegalArgumentException("needs at least 1 second and %d MiB, got %d seconds and %d MiB"
                        .formatted(LEAST_MEBIBYTES, seconds, mebibytes));
            }
        }

        Map<String, Long> ofTheKernel() {
            Map<String, Long> limits = new LinkedHashMap<>();
            limits.put("AS", bytes());
            limits.put("CPU", seconds + 1L); // should nobody watch the clock
            limits.put("NPROC", (long) TASKS);
            limits.put("NOFILE", (long) OPEN_FILES);
            limits.put("FSIZE", (long) FILE_BYTES);
            limits.put("CORE", 0L);
            return limits;
        }

        long bytes() {
            return (long) mebibytes << 20;
        }
    }

    /// How a run ended.
    sealed interface Outcome {
        record Passed(int total) implements Outcome {}

        /// @param passed the asserts that passed before, as the program reports it
        /// @param outOfTime whether its time was up
        record Stopped(int passed, int total, String because, boolean outOfTime) implements Outcome {}

        /// Nothing was run, or nothing can be said of it.
        record Unavailable(String because) implements Outcome {}
    }

    private static final SecureRandom SECRETS = new SecureRandom(); // a seed would let a program guess the secret
    // processors are the host's, whoever asks for a run
    private static final Semaphore PLACES = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    // a sandbox dies with the thread that started it, so one thread that lives as long as this process starts all
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sandbox-starter").factory());

    private final Isolation isolation;
    private final Limits limits;

    Sandbox(Isolation isolation, Limits limits) {
        this.isolation = isolation;
        this.limits = limits;
    }

    /// The sandbox of this host, with the usual limits.
    static Sandbox onThisHost() {
        return new Sandbox(Isolation.onThisHost(), Limits.DEFAULT);
    }

    /// What a program may use where its task says nothing.
    Limits limits() {
        return limits;
    }

    Outcome run(SandboxTask task) {
        return run(task, limits);
    }

    Outcome run(SandboxTask task, Limits within) {
        return switch (isolation) {
            case Isolation.Possible possible -> inTurn(() -> run(possible, task, within));
            case Isolation.Impossible impossible -> new Outcome.Unavailable(impossible.because());
        };
    }

    private static Outcome inTurn(Callable<Outcome> run) {
        try {
            PLACES.acquire();
            try {
                return run.call();
            } finally {
                PLACES.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unavailable("interrupted");
        } catch (Exception e) {
            return new Outcome.Unavailable("the sandbox does not start: " + e.getMessage());
        }
    }

    private static Outcome run(Isolation.Possible possible, SandboxTask task, Limits limits) throws Exception {
        String secret = secret();
        Process process = start(possible, task.driver());
        try {
            Thread.ofVirtual().start(() -> send(process, secret + "\n" + task.json(limits)));
            return task.outcome(new SandboxWatch(process, limits).end(), secret);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Process start(Isolation.Possible possible, String driver) throws InterruptedException, IOException {
        var builder = new ProcessBuilder(Stream.concat(possible.command().stream(), Stream.of("-c", driver))
                        .toList())
                .redirectErrorStream(true);
        builder.environment().clear();
        try {
            return STARTER.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    /// A sandbox that does not read has ended or is about to be, and says so itself.
    private static void send(Process process, String message) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(message.getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedBefore) {
            process.destroyForcibly();
        }
    }

    private static String secret() {
        byte[] secret = new byte[24];
        SECRETS.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}

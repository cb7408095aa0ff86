package dev.caravan.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Reads what one sandbox says until it ends, or until it has used up its time, its memory or its words.
final class SandboxWatch {
    private static final int MOST_OUTPUT = 1 << 20;
    private static final long START_SECONDS = 60; // of a busy host
    // a start that takes longer is the host's fault, not the program's
    private static final long COUNTED_START_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_MILLIS = 2;
    private static final int PAUSES_BETWEEN_MEASURES = 50;

    private final Process process;
    private final Sandbox.Limits limits;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[1 << 13];
    private final long started = System.nanoTime();
    private long deadline = started + TimeUnit.SECONDS.toNanos(START_SECONDS);
    private boolean ready;

    SandboxWatch(Process process, Sandbox.Limits limits) {
        this.process = process;
        this.limits = limits;
    }

    SandboxEnd end() throws IOException, InterruptedException {
        Optional<String> offence = Optional.empty();
        for (int pauses = 1; offence.isEmpty() && process.isAlive(); pauses++) {
            process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            read();
            offence = offence(pauses % PAUSES_BETWEEN_MEASURES == 0);
        }
        if (offence.isEmpty()) {
            read();
        }
        int status = process.destroyForcibly().waitFor();
        Optional<String> late = System.nanoTime() > deadline ? Optional.of(outOfTime()) : Optional.empty();
        return new SandboxEnd(said(), offence, status, late);
    }

    private void read() throws IOException {
        InputStream in = process.getInputStream();
        while (output.size() <= MOST_OUTPUT && in.available() > 0) {
            int bytes = in.read(buffer);
            output.write(buffer, 0, Math.max(0, bytes));
        }
        if (!ready && SandboxEnd.READY.matcher(said()).find()) {
            ready = true;
            long counted = Math.min(System.nanoTime() - started, COUNTED_START_NANOS);
            deadline = System.nanoTime() - counted + TimeUnit.SECONDS.toNanos(limits.seconds());
        }
    }

    private Optional<String> offence(boolean measure) {
        if (output.size() > MOST_OUTPUT) {
            return Optional.of("more output than is read");
        }
        if (System.nanoTime() > deadline) {
            return Optional.of(outOfTime());
        }
        return measure && memory() > limits.bytes()
                ? Optional.of("out of memory: more than %d MiB together".formatted(limits.mebibytes()))
                : Optional.empty();
    }

    private String outOfTime() {
        return ready
                ? "out of time: more than %d s".formatted(limits.seconds())
                : "no start within " + START_SECONDS + " s";
    }

    /// The resident bytes of all processes in the sandbox.
    private long memory() {
        try (Stream<ProcessHandle> inside = process.descendants()) {
            return inside.mapToLong(SandboxWatch::residentBytes).sum();
        }
    }

    private static long residentBytes(ProcessHandle inside) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(inside.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .sum();
        } catch (IOException | RuntimeException ended) {
            return 0;
        }
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8);
    }
}

package dev.caravan.cli;

import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A command in processes of its own, which can be killed.
///
/// @param folder that it writes, named with `--out`
/// @param words of the command, without that
record KillableRun(Path folder, List<String> words) {
    private static final Path RECIPE = Path.of("recipes/tiny.yaml").toAbsolutePath();
    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final int SIGKILLED = 128 + 9;

    /// A run of the tiny recipe.
    ///
    /// @param options further ones of `caravan run`
    static KillableRun ofTinyRecipe(Path folder, List<String> options) {
        return new KillableRun(
                folder,
                Stream.concat(Stream.of("run", RECIPE.toString()), options.stream())
                        .toList());
    }

    /// When to strike.
    sealed interface Moment {
        /// So long after the start.
        record After(Duration delay) implements Moment {}

        /// When a file below the run's folder has a path that matches the pattern.
        record At(String pattern) implements Moment {}

        /// When a file of the folder has so many lines.
        record Lines(String file, int lines) implements Moment {}
    }

    /// Runs to the end, with whatever is left of earlier attempts.
    void toEnd() {
        Process process = start();
        int status = await(process);
        if (status != 0) throw new AssertionError("exit status " + status + ":\n" + text(log()));
    }

    /// Runs to the end without a process of its own.
    void toEndInThisProcess() {
        EndToEndCall call = EndToEndCall.caravan(arguments().toArray());
        if (call.status() != 0) throw new AssertionError("exit status " + call.status() + ":\n" + call.err());
    }

    private List<String> arguments() {
        return Stream.concat(words.stream(), Stream.of("--out", folder.toString()))
                .toList();
    }

    /// Runs until the moment comes and kills the process.
    ///
    /// @return false when the run ended before
    boolean killedAt(Moment moment) {
        Process process = start();
        waitFor(moment, process);
        process.destroyForcibly();
        return await(process) == SIGKILLED;
    }

    /// Runs until the moment comes and sends a signal by its name.
    ///
    /// @return the exit status
    int signalledAt(Moment moment, String signal) {
        Process process = start();
        waitFor(moment, process);
        try {
            new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return await(process);
    }

    /// What the last process wrote on standard output.
    JsonNode summary() {
        return Json.tree(text(out()));
    }

    /// What the last process wrote on standard error.
    Path log() {
        return folder.resolveSibling(folder.getFileName() + ".err");
    }

    private Path out() {
        return folder.resolveSibling(folder.getFileName() + ".out");
    }

    private Process start() {
        // a parent in the background may have SIGINT ignored, which children inherit
        var command = new ArrayList<String>(List.of("env", "--default-signal=INT", java(), "-Xmx1g"));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")); // these start quickest
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Dorg.bytedeco.javacpp.maxbytes=0"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments());
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(out().toFile())
                    .redirectError(log().toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void waitFor(Moment moment, Process process) {
        long start = System.nanoTime();
        while (process.isAlive() && !hasCome(moment, System.nanoTime() - start)) {
            look(moment);
        }
    }

    /// Files come and go quickly, while the clock can be waited for without taking a processor from the run.
    private static void look(Moment moment) {
        if (moment instanceof Moment.At) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(500_000);
        }
    }

    private boolean hasCome(Moment moment, long elapsed) {
        return switch (moment) {
            case Moment.After(Duration delay) -> elapsed >= delay.toNanos();
            case Moment.At(String pattern) -> elapsed > DEADLINE.toNanos() || anyMatches(pattern);
            case Moment.Lines(String file, int lines) -> elapsed > DEADLINE.toNanos() || wholeLines(file) >= lines;
        };
    }

    private boolean anyMatches(String pattern) {
        if (!Files.exists(folder)) return false;
        try (Stream<Path> all = Files.walk(folder)) {
            return all.anyMatch(path -> folder.relativize(path).toString().matches(pattern));
        } catch (IOException | UncheckedIOException _) {
            return false; // a file went away while we looked
        }
    }

    /// The lines of a file that have an end; none where there is no file.
    long wholeLines(String file) {
        Path path = folder.resolve(file);
        return Files.exists(path)
                ? text(path).chars().filter(letter -> letter == '\n').count()
                : 0;
    }

    private static int await(Process process) {
        try {
            if (process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) return process.exitValue();
            process.destroyForcibly();
            throw new AssertionError("the run hangs");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The SHA-256 of every file of every stage, weights among them, by its path.
    Map<String, String> hashes() {
        var hashes = new TreeMap<String, String>();
        for (Path manifest : files("\\d\\d-\\w+/manifest\\.json")) {
            JsonNode stage = Json.tree(text(manifest));
            stage.path("outputs")
                    .forEach(output -> hashes.put(
                            stage.path("stage").asString() + "/"
                                    + output.path("file").asString(),
                            output.path("sha256").asString()));
        }
        return hashes;
    }

    /// The SHA-256 of every file that a reader sees, by its name.
    Map<String, String> visible() {
        var hashes = new TreeMap<String, String>();
        for (Path file : files("[^.][^/]*")) {
            if (Files.isRegularFile(file)) hashes.put(folder.relativize(file).toString(), Sha256.of(file));
        }
        return hashes;
    }

    /// The names of drafts and of files in parts.
    List<Path> leftOver() {
        return files("(.*/)?\\.[^/]*(draft|part|old)|.*\\.(work|old)");
    }

    /// The lines of `metrics.jsonl` without times and speeds, which differ from run to run.
    List<String> metrics() {
        return text(folder.resolve("metrics.jsonl"))
                .lines()
                .map(line -> line.replaceAll("\"(seconds|tokens_per_second)\":[^,}]*,?", ""))
                .toList();
    }

    private List<Path> files(String pattern) {
        if (!Files.exists(folder)) return List.of();
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> folder.relativize(path).toString().matches(pattern))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

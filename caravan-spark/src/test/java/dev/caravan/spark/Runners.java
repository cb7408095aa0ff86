package dev.caravan.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/// The two runners side by side, on one command line each: the law is that a stranger cannot tell their results apart.
final class Runners {
    /// Enough to have a row alone in a piece, and pieces without rows.
    static final List<Integer> PARTITIONS = List.of(1, 2, 7);

    private Runners() {}

    /// @param status of the process
    /// @param said on standard error
    record Outcome(int status, String said) {}

    static SparkSession session() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("laws")
                .config("spark.ui.enabled", false)
                .config("spark.sql.adaptive.enabled", false)
                .getOrCreate();
    }

    /// Runs a command locally and with every number of partitions, and expects the same files and the same exit status.
    ///
    /// @param folder for the results
    static Path requireSame(Path folder, String... command) {
        session();
        Path local = folder.resolve("local");
        Outcome wanted = quietly(dev.caravan.cli.Main::run, arguments(local, command));
        for (int partitions : PARTITIONS) {
            Path job = folder.resolve("spark-" + partitions);
            Outcome outcome = spark(partitions, arguments(job, command));
            assertThat(outcome).as("%d partitions", partitions).isEqualTo(wanted);
            assertThat(files(job)).as("%d partitions", partitions).isEqualTo(files(local));
        }
        return local;
    }

    static Outcome spark(int partitions, List<String> arguments) {
        var all = new ArrayList<>(arguments);
        all.addAll(List.of("--partitions", Integer.toString(partitions)));
        try {
            return quietly(Main::run, all);
        } finally {
            session().sparkContext().getPersistentRDDs().values().foreach(rdd -> rdd.unpersist(false));
        }
    }

    private static List<String> arguments(Path out, String... command) {
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--out", out.toString()));
        return arguments;
    }

    private static Outcome quietly(Function<String[], Integer> main, List<String> arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            int status = main.apply(arguments.toArray(String[]::new));
            return new Outcome(status, said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /// The files of a folder by name, with their text; the drafts of a command that failed are none.
    static Map<String, String> files(Path folder) {
        var texts = new TreeMap<String, String>();
        if (!Files.exists(folder)) return texts;
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".draft"))
                    .forEach(file -> texts.put(folder.relativize(file).toString(), text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a stage's folder came to be; the last file written into it.
///
/// @param stage its name in the recipe
/// @param fingerprint the hash of `fields`
/// @param fields what the results depend on, see [Fingerprint]
/// @param reasons why the stage ran: what differed from the folder that it replaced
/// @param seed from which the stage drew
/// @param settings the stage's keys with every default filled in
/// @param counts rows in, out and left out by reason
/// @param versions of Caravan, Java and the tensor engine
/// @param host the machine's shape, without its name
/// @param started when, in ISO 8601
/// @param seconds wall time, of the last part when the stage was resumed
public record Manifest(
        String stage,
        String type,
        String fingerprint,
        Map<String, String> fields,
        List<String> reasons,
        long seed,
        Map<String, Object> settings,
        List<Source> inputs,
        List<Output> outputs,
        Rows counts,
        Map<String, String> versions,
        Host host,
        String started,
        double seconds) {
    static final String FILE = "manifest.json";

    /// Something that the stage read.
    ///
    /// @param hash the fingerprint of an earlier stage, or the SHA-256 of a file or folder
    public record Source(String key, String reference, String hash) {}

    /// A file that the stage wrote, by its name below the stage's folder.
    public record Output(String file, long bytes, String sha256) {}

    /// See [Counts].
    public record Rows(long in, long out, Map<String, Long> rejected, Map<String, Long> noted) {}

    /// @param threads of the tensor engine, as the recipe sets them
    public record Host(String system, String architecture, int processors, Optional<Integer> threads) {
        static Host of(Compute compute) {
            return new Host(
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"),
                    Runtime.getRuntime().availableProcessors(),
                    compute.threads());
        }
    }

    /// The manifest of a stage's folder, if it has a readable one.
    static Optional<Manifest> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            return Optional.of(Json.read(Files.readString(file), Manifest.class));
        } catch (IOException | DataException _) {
            return Optional.empty(); // of another version, or damaged: the stage runs again
        }
    }

    /// The files of a folder with their hashes.
    static List<Output> outputs(Path folder) {
        return Sha256.files(folder).stream()
                .map(file -> new Output(folder.relativize(file).toString(), bytes(file), Sha256.of(file)))
                .toList();
    }

    /// The first output that is missing or has another length. Bytes are not hashed again: a run with nothing to do
    /// must not read what may be gigabytes.
    Optional<String> damaged(Path folder) {
        return outputs.stream()
                .filter(output -> bytes(folder.resolve(output.file())) != output.bytes())
                .map(Output::file)
                .findFirst();
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return -1;
        }
    }
}

package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The content hashes of files and folders outside the run. They are kept between runs with each file's length and
/// time of change, and computed again only when one of those differs.
final class InputHashes {
    /// @param stamp names, lengths and times of the files below a path
    record Known(String stamp, String hash) {}

    /// The file's content.
    record Kept(Map<String, Known> paths) {}

    private final Path file;
    private final TreeMap<String, Known> known;
    private boolean changed;

    private InputHashes(Path file, Map<String, Known> known) {
        this.file = file;
        this.known = new TreeMap<>(known);
    }

    static InputHashes open(Path file) {
        try {
            Map<String, Known> kept = Files.exists(file)
                    ? Json.read(Files.readString(file), Kept.class).paths()
                    : Map.of();
            return new InputHashes(file, kept);
        } catch (IOException | DataException _) {
            return new InputHashes(file, Map.of()); // a cache that cannot be read is an empty one
        }
    }

    String of(Path path) {
        String key = path.toAbsolutePath().normalize().toString();
        String stamp = stamp(path);
        Known before = known.get(key);
        if (before != null && before.stamp().equals(stamp)) return before.hash();
        var now = new Known(stamp, Sha256.of(path));
        known.put(key, now);
        changed = true;
        return now.hash();
    }

    /// Keeps the hashes for the next run.
    void keep(Store store) {
        if (changed) store.write(file, Json.write(new Kept(known)));
        changed = false;
    }

    private static String stamp(Path path) {
        var stamp = new StringBuilder();
        try {
            for (Path each : Sha256.files(path)) {
                stamp.append(path.relativize(each))
                        .append(' ')
                        .append(Files.size(each))
                        .append(' ');
                stamp.append(Files.getLastModifiedTime(each).toInstant()).append('\n');
            }
        } catch (IOException e) {
            throw new DataException("cannot read " + path + ": " + e.getMessage(), e);
        }
        return Sha256.of(stamp.toString());
    }
}

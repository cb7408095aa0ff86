package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the things of a run lie.
///
/// ```
/// runs/quickstart/
///     recipe.yaml       the recipe as it was run, every default filled in
///     metrics.jsonl     numbers by stage and step
///     answers.jsonl     what endpoints answered, by request
///     01-pool/          a finished stage, published whole: manifest.json and its files
///     02-sft.work/      what an unfinished stage keeps for its resumption
/// ```
record RunFolder(Path path) {
    private static final String WORK = ".work";

    Path recipe() {
        return path.resolve("recipe.yaml");
    }

    Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    Path answers() {
        return path.resolve("answers.jsonl");
    }

    Path inputHashes() {
        return path.resolve(".inputs.json");
    }

    /// @param index from 0
    Path stage(int index, String name) {
        return path.resolve("%02d-%s".formatted(index + 1, name));
    }

    Path work(int index, String name) {
        return path.resolve("%02d-%s".formatted(index + 1, name) + WORK);
    }

    /// Puts a stage's folder in its place: what a kill left half done is undone, and a stage whose number has
    /// changed since the last run is renamed.
    void settle(Store store, int index, String name) {
        store.recoverFolder(stage(index, name));
        move(store, "\\d\\d-" + name, stage(index, name));
        move(store, "\\d\\d-" + name + WORK, work(index, name));
    }

    /// The folders of finished stages, in order.
    List<Path> finished() {
        return folders("\\d\\d-[^.]+").stream()
                .filter(folder -> Files.exists(folder.resolve(Manifest.FILE)))
                .toList();
    }

    /// The folder of a finished stage, whatever its number.
    Optional<Path> finished(String name) {
        return folders("\\d\\d-" + name).stream().findFirst();
    }

    private void move(Store store, String earlier, Path now) {
        if (Files.exists(now)) return;
        folders(earlier).stream().findFirst().ifPresent(folder -> store.move(folder, now));
    }

    private List<Path> folders(String name) {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> entry.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException("cannot read the run folder " + path + ": name the folder that a run printed", e);
        }
    }
}

package dev.caravan.recipe;

import dev.caravan.io.Appender;
import dev.caravan.io.Interrupt;
import dev.caravan.io.Metrics;
import dev.caravan.io.Progress;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Everything that a stage may touch while it runs.
public final class StageRun implements AutoCloseable {
    private final Surroundings surroundings;
    private final Inputs inputs;
    private final Path folder;
    private final Path scratch;
    private final Path answers;
    private final long seed;
    private final Compute compute;
    private final Metrics metrics;
    private final Counts counts = new Counts();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private Optional<Appender> leftOut = Optional.empty();

    StageRun(
            Surroundings surroundings,
            Inputs inputs,
            Path folder,
            Path scratch,
            Path answers,
            long seed,
            Compute compute,
            Metrics metrics) {
        this.surroundings = surroundings;
        this.inputs = inputs;
        this.folder = folder;
        this.scratch = scratch;
        this.answers = answers;
        this.seed = seed;
        this.compute = compute;
        this.metrics = metrics;
    }

    /// Where the stage's results go. The folder becomes visible as a whole when the stage has returned; it is empty
    /// at the beginning, also of a resumed stage.
    public Path folder() {
        return folder;
    }

    /// Writes every file of the stage.
    public Store store() {
        return surroundings.store();
    }

    /// A folder for checkpoints. It outlives a kill, is given to the next run of the same stage under the same
    /// fingerprint, and is removed when the results have been published.
    public Path scratch() {
        store().createFolder(scratch);
        return scratch;
    }

    /// The file in which all stages of the run keep the answers of endpoints. It outlives every change of a recipe, so
    /// that none is paid for twice.
    public Path answers() {
        return answers;
    }

    /// Where an input lies: a file of rows, or the folder of a model.
    public Path input(Input input) {
        return inputs.path(input);
    }

    /// The stage's own seed: a function of the recipe's seed and the stage's name, and of nothing else.
    public long seed() {
        return seed;
    }

    public Compute compute() {
        return compute;
    }

    /// Notes in the manifest what else the results were made with, such as the tensor engine's version and threads.
    public void madeWith(Map<String, String> versions) {
        this.versions.putAll(versions);
    }

    /// All versions of the manifest.
    Map<String, String> versions() {
        var all = new LinkedHashMap<>(surroundings.versions());
        all.putAll(versions);
        return all;
    }

    public Counts counts() {
        return counts;
    }

    /// Counts a row that leaves under its reason, and notes it in `rejected.jsonl`, where [Lineage] finds it.
    ///
    /// @param filter what rejects it, in a word
    void leaveOut(String id, String filter, String reason) {
        counts.reject(reason);
        Appender file = leftOut.orElseGet(() -> store().appender(folder.resolve(Lineage.REJECTED)));
        leftOut = Optional.of(file);
        file.add(new LeftOut(id, filter, reason));
    }

    private record LeftOut(String id, String filter, String reason) {}

    /// Ends the files that belong to no single part of the stage.
    @Override
    public void close() {
        leftOut.ifPresent(Appender::close);
    }

    public Metrics metrics() {
        return metrics;
    }

    public Progress progress() {
        return surroundings.progress();
    }

    public Interrupt interrupt() {
        return surroundings.interrupt();
    }
}

package dev.caravan.recipe;

import dev.caravan.io.Interrupt;
import dev.caravan.io.Progress;
import dev.caravan.io.Sha256;
import dev.caravan.io.Store;
import dev.caravan.recipe.RunOutcome.StageOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Runs of toy stages in a folder, under a clock that stands still.
record ToyRun(Path folder) {
    static final HubCache EMPTY_HUB = new HubCache(Path.of("no-such-cache"));

    RunOutcome run(Store store, List<ToyStage> stages) {
        return run(store, stages, Interrupt.NEVER, Pipeline.Scope.ALL);
    }

    RunOutcome run(Store store, List<ToyStage> stages, Interrupt interrupt, Pipeline.Scope scope) {
        store.createFolder(folder);
        return new Pipeline(plan(stages), folder, surroundings(store, interrupt)).run(scope);
    }

    static RunPlan plan(List<? extends PipelineStage> stages) {
        var compute = new Compute(Optional.empty(), Optional.empty(), Optional.empty());
        return new RunPlan(17, compute, Map.of(), stages);
    }

    static Surroundings surroundings(Store store, Interrupt interrupt) {
        return new Surroundings(
                store, () -> Instant.EPOCH, Progress.SILENT, interrupt, Map.of("caravan", "test"), EMPTY_HUB);
    }

    static List<String> ran(RunOutcome outcome) {
        return outcome.stages().stream()
                .filter(stage -> !stage.reused())
                .map(StageOutcome::stage)
                .toList();
    }

    /// Every file that a reader sees, drafts and work folders included, with its text.
    Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        for (Path file : Sha256.files(folder)) {
            files.put(folder.relativize(file).toString(), Files.readString(file));
        }
        return files;
    }
}

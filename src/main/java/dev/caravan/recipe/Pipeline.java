package dev.caravan.recipe;

import dev.caravan.RecipeException;
import dev.caravan.config.NearMiss;
import dev.caravan.config.Settings;
import dev.caravan.io.Interrupted;
import dev.caravan.io.Json;
import dev.caravan.io.Metrics;
import dev.caravan.io.RunLock;
import dev.caravan.io.Store;
import dev.caravan.recipe.RunOutcome.StageOutcome;
import dev.caravan.recipe.RunOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Runs the stages of a recipe, each once. A stage whose fingerprint equals that of its folder is reused; one that
/// differs runs again, and so does all that reads it. A folder is replaced only when its successor is complete.
///
/// At every instant the process may die: the next run goes on from the last published stage and the last checkpoint
/// of the unfinished one, and ends with the same bytes.
public final class Pipeline {
    private static final int REASONS_SAID = 5;

    private final RunPlan plan;
    private final RunFolder folder;
    private final Surroundings surroundings;
    private final Inputs inputs;
    private final InputHashes hashes;
    private final Store store;
    private final List<StageOutcome> outcomes = new ArrayList<>();

    Pipeline(RunPlan plan, Path folder, Surroundings surroundings) {
        this.plan = plan;
        this.folder = new RunFolder(folder);
        this.surroundings = surroundings;
        this.store = surroundings.store();
        this.hashes = InputHashes.open(this.folder.inputHashes());
        this.inputs = new Inputs(plan, surroundings.hub(), hashes);
    }

    /// Which part of a recipe to run.
    ///
    /// @param fresh whether to run stages again that could be reused
    /// @param until the last stage to run; absent: all
    public record Scope(boolean fresh, Optional<String> until) {
        public static final Scope ALL = new Scope(false, Optional.empty());
    }

    /// Runs a recipe that [Recipe#read] has checked.
    ///
    /// @param out the run's folder, which this process must be able to lock
    public static RunOutcome run(Recipe recipe, Path out, Scope scope, Surroundings surroundings) {
        surroundings.store().createFolder(out);
        try (RunLock _ = RunLock.take(out)) {
            keepRecipe(recipe, new RunFolder(out), surroundings.store());
            return new Pipeline(recipe.plan(), out, surroundings).run(scope);
        }
    }

    /// Runs the stages of a plan in a folder that the caller has locked.
    RunOutcome run(Scope scope) {
        int end = scope.until().map(this::position).orElse(plan.stages().size());
        try {
            for (int i = 0; i < end; i++) {
                if (surroundings.interrupt().requested()) return outcome(Status.INTERRUPTED, Optional.empty());
                finish(i, scope.fresh());
            }
            return outcome(Status.DONE, Optional.empty());
        } catch (Interrupted e) {
            surroundings.progress().say(String.valueOf(e.getMessage()));
            return outcome(Status.INTERRUPTED, Optional.empty());
        } catch (RuntimeException e) {
            return outcome(Status.FAILED, Optional.of(e));
        }
    }

    private int position(String until) {
        List<String> names = plan.names();
        if (names.contains(until)) return names.indexOf(until) + 1;
        throw new RecipeException("--until '" + until + "' is not one of " + names + NearMiss.suggestion(until, names));
    }

    /// Reuses a stage's results or makes them.
    private void finish(int index, boolean fresh) {
        PipelineStage stage = plan.stages().get(index);
        folder.settle(store, index, stage.out());
        Path results = folder.stage(index, stage.out());
        Fingerprint fingerprint = inputs.fingerprint(stage);
        hashes.keep(store);
        List<String> reasons = fresh ? List.of("asked for with --fresh") : reasons(results, fingerprint);
        surroundings.progress().say(stage.out() + (reasons.isEmpty() ? ": reused" : ": runs, " + inALine(reasons)));
        double seconds = reasons.isEmpty() ? 0 : execute(stage, index, fingerprint, reasons, fresh);
        store.delete(folder.work(index, stage.out()));
        inputs.finish(stage.out(), results, fingerprint.hash());
        outcomes.add(
                new StageOutcome(stage.out(), Fingerprint.type(stage), reasons.isEmpty(), seconds, fingerprint.hash()));
    }

    /// The first few; the manifest holds them all.
    private static String inALine(List<String> reasons) {
        String line = reasons.stream().limit(REASONS_SAID).collect(Collectors.joining("; "));
        int more = reasons.size() - REASONS_SAID;
        return more > 0 ? line + "; and " + more + " more" : line;
    }

    /// Why the results in a folder cannot be reused; nothing when they can.
    private static List<String> reasons(Path results, Fingerprint fingerprint) {
        Optional<Manifest> manifest = Manifest.read(results);
        if (manifest.isEmpty()) return List.of("no earlier results");
        List<String> differences = fingerprint.differencesFrom(manifest.get().fields());
        if (!differences.isEmpty()) return differences;
        return manifest.get().damaged(results).map(file -> file + " is missing or has another length").stream()
                .toList();
    }

    /// @return how long it took, in seconds
    private double execute(
            PipelineStage stage, int index, Fingerprint fingerprint, List<String> reasons, boolean fresh) {
        Path results = folder.stage(index, stage.out());
        Path scratch = scratch(index, stage, fingerprint, fresh);
        surroundings.progress().begin(stage.out());
        Instant started = surroundings.clock().instant();
        Path draft = store.draftFolder(results);
        try (var metrics = new Metrics(store, folder.metrics(), stage.out());
                var run = new StageRun(
                        surroundings,
                        inputs,
                        draft,
                        scratch,
                        folder.answers(),
                        plan.seed(stage),
                        plan.compute(),
                        metrics)) {
            stage.run(run);
            run.close();
            metrics.sync();
            double seconds =
                    Duration.between(started, surroundings.clock().instant()).toMillis() / 1000.0;
            Manifest manifest = manifest(stage, fingerprint, reasons, run, started, seconds);
            store.write(draft.resolve(Manifest.FILE), Json.write(manifest) + "\n");
            store.publishFolder(results);
            return seconds;
        }
    }

    /// The stage's folder for checkpoints, emptied when they are of another fingerprint.
    private Path scratch(int index, PipelineStage stage, Fingerprint fingerprint, boolean fresh) {
        Path scratch = folder.work(index, stage.out());
        Path owner = scratch.resolve("fingerprint");
        if (Files.exists(scratch) && (fresh || !text(owner).equals(fingerprint.hash()))) store.delete(scratch);
        if (!Files.exists(scratch)) {
            store.createFolder(scratch);
            store.write(owner, fingerprint.hash());
        }
        return scratch;
    }

    private Manifest manifest(
            PipelineStage stage,
            Fingerprint fingerprint,
            List<String> reasons,
            StageRun run,
            Instant started,
            double seconds) {
        Map<String, String> hashes = inputs.hashes(stage);
        return new Manifest(
                stage.out(),
                Fingerprint.type(stage),
                fingerprint.hash(),
                fingerprint.fields(),
                reasons,
                run.seed(),
                Fingerprint.settings(stage),
                stage.inputs().stream()
                        .map(input -> new Manifest.Source(
                                input.key(), input.reference().text(), hashes.getOrDefault(input.key(), "")))
                        .toList(),
                Manifest.outputs(run.folder()),
                run.counts().rows(),
                run.versions(),
                Manifest.Host.of(plan.compute()),
                started.toString(),
                seconds);
    }

    private RunOutcome outcome(Status status, Optional<RuntimeException> failure) {
        return new RunOutcome(folder.path(), status, outcomes, failure);
    }

    private static void keepRecipe(Recipe recipe, RunFolder folder, Store store) {
        String resolved = Settings.yaml(recipe);
        if (!text(folder.recipe()).equals(resolved)) store.write(folder.recipe(), resolved);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}

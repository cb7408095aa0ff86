package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.config.NearMiss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Why a stage ran, or would run, instead of being reused.
///
/// @param pending whether the run has not come to it yet
/// @param reasons the fields that differ, such as `settings.epochs was 1, is 2`; none when the results are up to
/// date and nothing is known of earlier ones
public record Miss(String stage, boolean pending, List<String> reasons) {
    /// Compares a stage with the results that lie in the run's folder, by the recipe that the folder keeps.
    public static Miss of(Path run, String stage, HubCache hub) {
        Recipe recipe = Recipe.parse(new RunFolder(run).recipe().toString(), recipe(run), List.of(), hub)
                .get();
        return of(recipe.plan(), new RunFolder(run), stage, hub);
    }

    static Miss of(RunPlan plan, RunFolder folder, String stage, HubCache hub) {
        List<String> names = plan.names();
        if (!names.contains(stage)) {
            throw new RecipeException(
                    "--miss '" + stage + "' is not one of " + names + NearMiss.suggestion(stage, names));
        }
        Fingerprint now = fingerprint(plan, folder, names.indexOf(stage), hub);
        Optional<Path> results = folder.finished(stage);
        Optional<Manifest> manifest = results.flatMap(Manifest::read);
        if (manifest.isEmpty()) return new Miss(stage, true, List.of("no earlier results"));
        List<String> differences = now.differencesFrom(manifest.get().fields());
        return differences.isEmpty()
                ? new Miss(stage, false, manifest.get().reasons())
                : new Miss(stage, true, differences);
    }

    private static Fingerprint fingerprint(RunPlan plan, RunFolder folder, int index, HubCache hub) {
        var inputs = new Inputs(plan, hub, InputHashes.open(folder.inputHashes()));
        for (int i = 0; i < index; i++) {
            PipelineStage stage = plan.stages().get(i);
            inputs.finish(
                    stage.out(),
                    folder.stage(i, stage.out()),
                    inputs.fingerprint(stage).hash());
        }
        return inputs.fingerprint(plan.stages().get(index));
    }

    private static String recipe(Path run) {
        try {
            return Files.readString(new RunFolder(run).recipe());
        } catch (IOException e) {
            throw new DataException(run + " is not the folder of a run: it has no recipe.yaml", e);
        }
    }
}

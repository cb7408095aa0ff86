package dev.caravan.recipe;

import dev.caravan.io.Sha256;
import dev.caravan.recipe.RunPlan.Origin;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What the stages of a plan read: where it lies, and its hash. Knows the stages that have been
/// [finished][#finish].
final class Inputs {
    /// A stage whose results are there.
    private record Finished(Path folder, String fingerprint) {}

    private final RunPlan plan;
    private final HubCache hub;
    private final InputHashes hashes;
    private final Map<String, Finished> finished = new LinkedHashMap<>();

    Inputs(RunPlan plan, HubCache hub, InputHashes hashes) {
        this.plan = plan;
        this.hub = hub;
        this.hashes = hashes;
    }

    /// The fingerprint of a stage whose inputs have been finished.
    Fingerprint fingerprint(PipelineStage stage) {
        return Fingerprint.of(stage, plan.seed(stage), plan.compute(), hashes(stage));
    }

    void finish(String stage, Path folder, String fingerprint) {
        finished.put(stage, new Finished(folder, fingerprint));
    }

    Path path(Input input) {
        return input.artifact().at(place(input));
    }

    /// The hashes of all that a stage reads, by key.
    Map<String, String> hashes(PipelineStage stage) {
        var byKey = new LinkedHashMap<String, String>();
        stage.inputs().forEach(input -> byKey.merge(input.key(), hash(input), Inputs::both));
        return byKey;
    }

    /// A key may stand for several files of one folder.
    private static String both(String hash, String other) {
        return hash.equals(other) ? hash : Sha256.of(hash + other);
    }

    private String hash(Input input) {
        Finished stage = finished.get(input.reference().text());
        return stage == null ? hashes.of(path(input)) : stage.fingerprint();
    }

    private Path place(Input input) {
        return switch (plan.origin(input.reference(), finished.keySet())) {
            case Origin.EarlierStage(String name) -> finished(name).folder();
            case Origin.OnDisk(Path path) -> path;
            case Origin.OnHub(HubRepository repository) ->
                hub.find(repository, input.artifact()).orElseThrow(() -> unchecked(input));
            case Origin.Unknown _ -> throw unchecked(input);
        };
    }

    private Finished finished(String name) {
        return Objects.requireNonNull(finished.get(name), "only finished stages are origins");
    }

    private static IllegalStateException unchecked(Input input) {
        return new IllegalStateException("the plan was not checked: nothing is known of " + input.reference());
    }
}

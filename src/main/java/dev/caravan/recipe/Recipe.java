package dev.caravan.recipe;

import dev.caravan.config.Binder;
import dev.caravan.config.Bound;
import dev.caravan.config.Default;
import dev.caravan.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A run from data to report, as its YAML says it.
///
/// @param name the name of the run's folder, unless `--out` gives another
/// @param seed of every random draw; each stage derives its own from it
/// @param threads of the tensor engine; absent: one a core. Results are bit-equal only under equal numbers of
/// threads
/// @param precision of matrix products; absent: the machine's faster
/// @param device `cpu`, `cuda` or `cuda:1`; absent: `cpu`
/// @param model what stages mean by `model`, so that one `--set model=FOLDER` replaces it everywhere
/// @param data what stages mean by `data`, likewise
/// @param stages in the order in which they run
public record Recipe(
        String name,
        @Default("17") long seed,
        Optional<Integer> threads,
        Optional<Precision> precision,
        Optional<String> device,
        Optional<Reference> model,
        Optional<Reference> data,
        List<Stage> stages) {
    public Recipe {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "name must be letters, digits, dots, dashes and underscores, as it names a folder, got '" + name
                            + "'");
        }
        if (threads.filter(count -> count < 1).isPresent()) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads.get());
        }
        if (device.filter(text -> !text.matches("cpu|cuda(:\\d{1,3})?")).isPresent()) {
            throw new IllegalArgumentException("device must be cpu, cuda or cuda:n, got '" + device.get() + "'");
        }
        if (stages.isEmpty()) throw new IllegalArgumentException("stages must name at least one stage");
    }

    /// Reads a recipe and checks it: each stage by itself, and each against those before it.
    ///
    /// @param overrides `path=value`, as after `--set`
    public static Bound<Recipe> read(Path file, List<String> overrides, HubCache hub) {
        return checked(Binder.read(Recipe.class, file, overrides), hub);
    }

    /// Reads a recipe from a text, as [#read] does.
    static Bound<Recipe> parse(String name, String yaml, List<String> overrides, HubCache hub) {
        return checked(Binder.bind(Recipe.class, name, yaml, overrides), hub);
    }

    private static Bound<Recipe> checked(Bound<Recipe> bound, HubCache hub) {
        RunPlan plan = bound.record().map(Recipe::plan).orElseGet(() -> soundParts(bound));
        return bound.with(plan.problems(hub).stream()
                .map(found -> bound.problem(found.path(), found.message()))
                .toList());
    }

    RunPlan plan() {
        return new RunPlan(seed, new Compute(threads, precision, device), named(model, data), stages);
    }

    /// The plan of a recipe with problems, so that those between its sound stages are told as well.
    private static RunPlan soundParts(Bound<Recipe> bound) {
        var stages = new ArrayList<PipelineStage>();
        for (int i = 0; bound.has("stages[" + i + "]"); i++) {
            String path = "stages[" + i + "]";
            String name = bound.part(path + ".out", String.class).orElse("stage-" + i);
            stages.add(bound.<PipelineStage>part(path, PipelineStage.class).orElseGet(() -> new UnsoundStage(name)));
        }
        var named = named(bound.part("model", Reference.class), bound.part("data", Reference.class));
        return new RunPlan(0, new Compute(Optional.empty(), Optional.empty(), Optional.empty()), named, stages);
    }

    private static Map<String, Reference> named(Optional<Reference> model, Optional<Reference> data) {
        Map<String, Reference> named = new LinkedHashMap<>();
        model.ifPresent(reference -> named.put("model", reference));
        data.ifPresent(reference -> named.put("data", reference));
        return named;
    }

    /// A stage of which only the name is known; it may give anything.
    private record UnsoundStage(String out) implements PipelineStage {
        @Override
        public List<Input> inputs() {
            return List.of();
        }

        @Override
        public Set<Artifact> gives() {
            return EnumSet.allOf(Artifact.class);
        }

        @Override
        public int version() {
            return 0;
        }

        @Override
        public void run(StageRun run) {
            throw new IllegalStateException(out + " has problems and cannot run");
        }
    }
}

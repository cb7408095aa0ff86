package dev.caravan.cli;

import dev.caravan.config.Bound;
import dev.caravan.recipe.HubCache;
import dev.caravan.recipe.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A recipe and what the command line changes in it. `--seed`, `--threads`, `--precision` and `--device` are short
/// for `--set` of the key with that name.
final class RecipeOptions {
    @Parameters(paramLabel = "RECIPE", description = "a YAML file")
    private Path file = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "change a key, as in --set stages.sft.epochs=1 or --set model=FOLDER")
    private List<String> overrides = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "seed of every random draw")
    private Optional<String> seed = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "threads of the tensor engine")
    private Optional<String> threads = Optional.empty();

    @Option(names = "--precision", paramLabel = "P", description = "float32 or bfloat16")
    private Optional<String> precision = Optional.empty();

    @Option(names = "--device", paramLabel = "D", description = "cpu, cuda or cuda:n")
    private Optional<String> device = Optional.empty();

    /// The recipe, bound and checked.
    Bound<Recipe> read() {
        return Recipe.read(file, overrides(), hub());
    }

    HubCache hub() {
        return HubCache.ofThisUser();
    }

    private List<String> overrides() {
        var all = new ArrayList<>(overrides);
        seed.ifPresent(value -> all.add("seed=" + value));
        threads.ifPresent(value -> all.add("threads=" + value));
        precision.ifPresent(value -> all.add("precision=" + value));
        device.ifPresent(value -> all.add("device=" + value));
        return all;
    }
}

package dev.caravan.cli;

import dev.caravan.recipe.HubCache;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// `--model M`, for every command that needs one.
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "M",
            required = true,
            description = "a model's folder, a GGUF file, or hf:org/name@revision")
    private String model = "";

    /// As it was written.
    String name() {
        return model;
    }

    /// Where its files lie.
    ///
    /// @throws dev.caravan.RecipeException when they are not on this machine
    Path path() {
        return HubCache.ofThisUser().model(model);
    }
}

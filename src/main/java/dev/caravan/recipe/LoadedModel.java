package dev.caravan.recipe;

import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelFiles;
import dev.caravan.model.ModelWriter;
import dev.caravan.model.ValueModel;
import dev.caravan.tensor.Precision;
import dev.caravan.text.TokenContract;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// A model on disk with its token contract: what stages and commands that compute begin with.
///
/// @param path its folder or file
public record LoadedModel(Path path, TokenContract contract) {
    /// @param template `own`, `tulu` or a file
    public static LoadedModel open(Path path, String template) {
        try (var files = ModelFiles.open(path)) {
            return new LoadedModel(path, files.contract(template));
        }
    }

    /// Weights to be trained.
    public CausalLm trained(Precision precision) {
        try (var files = ModelFiles.open(path)) {
            return CausalLm.trained(files.config(), files.weights(), precision);
        }
    }

    /// Weights to be read only.
    public CausalLm frozen(Precision precision) {
        return CausalLm.open(path, precision);
    }

    /// A value function on these weights: with their own head when it is a reward model, else with a head of zeros.
    public ValueModel critic(Precision precision) {
        try (var files = ModelFiles.open(path)) {
            return files.config().isClassifier()
                    ? ValueModel.trained(files.config(), files.weights(), precision)
                    : ValueModel.withZeroHead(files.config(), files.weights(), precision);
        }
    }

    /// Writes what became of this model as the stage's result, with the same tokenizer and template.
    void write(StageRun run, CausalLm trained) {
        Path folder = run.folder().resolve(Artifact.MODEL.file());
        var writer = new ModelWriter(run.store());
        writer.write(folder, trained.config(), trained.parameters());
        writer.writeTokenizer(folder, path, contract);
    }

    public Set<Integer> endTokens() {
        return Arrays.stream(contract.endTokenIds()).boxed().collect(Collectors.toUnmodifiableSet());
    }
}

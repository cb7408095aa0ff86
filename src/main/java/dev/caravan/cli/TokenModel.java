package dev.caravan.cli;

import dev.caravan.model.ModelTokens;
import dev.caravan.text.TokenContract;
import dev.caravan.text.Tokenizer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `--model M` and `--template T`, for the commands that read messages. Each part of the model is read when it is
/// first asked for.
final class TokenModel {
    @Mixin
    private final ModelOption model = new ModelOption();

    @Option(
            names = "--template",
            paramLabel = "T",
            description = "tulu, own or a file (default: the model's own, else tulu)")
    private Optional<String> template = Optional.empty();

    private @Nullable Tokenizer tokenizer;
    private @Nullable TokenContract contract;

    String name() {
        return model.name();
    }

    Path path() {
        return model.path();
    }

    Tokenizer tokenizer() {
        if (tokenizer == null) tokenizer = ModelTokens.tokenizer(path());
        return tokenizer;
    }

    TokenContract contract() {
        if (contract == null) contract = ModelTokens.contract(path(), template);
        return contract;
    }

    /// The contract, where the model has a tokenizer that can be read.
    Optional<TokenContract> contractIfAny() {
        return ModelTokens.arePresent(path()) ? Optional.of(contract()) : Optional.empty();
    }
}

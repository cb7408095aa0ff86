package dev.caravan.cli;

import picocli.CommandLine.Option;

/// `--model M`, for every command that needs one.
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "M",
            required = true,
            description = "a model's folder, a GGUF file, or hf:org/name@revision")
    private String model = "";

    String model() {
        return model;
    }
}

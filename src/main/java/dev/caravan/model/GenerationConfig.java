package dev.caravan.model;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What `generation_config.json` adds to a model's configuration.
///
/// @param endTokenIds the ids that end a completion, one or several; may be empty
public record GenerationConfig(List<Integer> endTokenIds) {
    public GenerationConfig {
        endTokenIds = List.copyOf(endTokenIds);
    }

    public static GenerationConfig read(Path file) {
        return new GenerationConfig(JsonFields.read(file).ids("eos_token_id"));
    }

    /// `config` with these end tokens after its own: chat models often declare the end of a turn only here.
    public ModelConfig addTo(ModelConfig config) {
        return config.withEndTokenIds(Stream.concat(config.endTokenIds().stream(), endTokenIds.stream())
                .distinct()
                .toList());
    }
}

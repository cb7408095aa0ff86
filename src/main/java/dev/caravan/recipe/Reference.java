package dev.caravan.recipe;

import dev.caravan.config.Scalar;

/// What a stage reads, as a recipe writes it. In this order it is
///
/// 1. the `out` of an earlier stage;
/// 2. `model` or `data`: what the recipe names under that key;
/// 3. a file or folder, relative to where the command runs;
/// 4. a repository of the Hugging Face hub: `org/name`, `org/name@revision`, or either after `hf:`.
@Scalar
public record Reference(String text) {
    public Reference {
        if (text.isBlank())
            throw new IllegalArgumentException("must name a stage, a file, a folder or a hub repository");
    }

    @Override
    public String toString() {
        return text;
    }
}

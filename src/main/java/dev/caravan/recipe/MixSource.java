package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.curate.MixPart;
import dev.caravan.curate.Weight;
import java.util.Optional;

/// One source of a mix.
///
/// @param name unique in the mix
/// @param data its rows
/// @param weight how much of it goes into the mix
/// @param skill what it teaches, such as `mathematics`; a sample of the mix keeps the skills in proportion
/// @param repeat whether rows may come more than once when the weight asks for more than there are
public record MixSource(
        String name,
        Reference data,
        @Default("{type: fraction, of: 1}") Weight weight,
        Optional<String> skill,
        @Default("false") boolean repeat) {
    public MixSource {
        if (name.isBlank()) throw new IllegalArgumentException("name must not be empty");
    }

    MixPart part() {
        return new MixPart(name, weight, skill, repeat);
    }
}

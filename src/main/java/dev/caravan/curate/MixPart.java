package dev.caravan.curate;

import java.util.Optional;

/// One source of a mix.
///
/// @param name unique in the mix
/// @param weight how much of it goes into the mix
/// @param skill what it teaches; a sample of the mix keeps the skills in proportion
/// @param repeat whether rows may come more than once when the weight asks for more than there are
public record MixPart(String name, Weight weight, Optional<String> skill, boolean repeat) {
    /// The group within which a sample is drawn.
    String stratum() {
        return skill.orElse("source " + name);
    }
}

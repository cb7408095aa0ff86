package dev.caravan.recipe;

import dev.caravan.config.Binder;
import dev.caravan.config.Bound;
import dev.caravan.config.Default;
import dev.caravan.curate.Mixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A mix as a file of its own, as `caravan mix` reads it. Its keys are those of the stage `mix`, and a seed.
///
/// @param seed of every draw
/// @param total rows of the mix
/// @param sample share of the mix that is kept, of every skill alike
/// @param sources what is mixed
public record Mix(@Default("42") long seed, Optional<Long> total, Optional<Double> sample, List<MixSource> sources) {
    public Mix {
        mixture(sources, total, sample);
    }

    public static Bound<Mix> read(Path file) {
        return Binder.read(Mix.class, file, List.of());
    }

    public Mixture mixture() {
        return mixture(sources, total, sample);
    }

    static Mixture mixture(List<MixSource> sources, Optional<Long> total, Optional<Double> sample) {
        return new Mixture(sources.stream().map(MixSource::part).toList(), total, sample);
    }
}

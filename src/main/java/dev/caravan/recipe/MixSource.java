package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.curate.MixPart;
import dev.caravan.curate.Weight;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// One source of a mix.
///
/// @param name unique in the mix
/// @param data its rows
/// @param rowsOf names of the sources within `data` whose rows it takes; when none is named, all rows
/// @param weight how much of it goes into the mix
/// @param skill what it teaches, such as `mathematics`; a sample of the mix keeps the skills in proportion
/// @param repeat whether rows may come more than once when the weight asks for more than there are
public record MixSource(
        String name,
        Reference data,
        @Default("[]") List<String> rowsOf,
        @Default("{type: fraction, of: 1}") Weight weight,
        Optional<String> skill,
        @Default("false") boolean repeat) {
    public MixSource {
        if (name.isBlank()) throw new IllegalArgumentException("name must not be empty");
        rowsOf = List.copyOf(rowsOf);
    }

    /// The rows that it takes of those of `data`.
    public <T> Stream<T> taken(Stream<T> rows, Function<T, String> source) {
        return rowsOf.isEmpty() ? rows : rows.filter(row -> rowsOf.contains(source.apply(row)));
    }

    MixPart part() {
        return new MixPart(name, weight, skill, repeat);
    }
}

package dev.caravan.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// The ratings of the texts of a comparison, or why there are none.
public sealed interface Rated {
    /// @param byAspect for each aspect the rating of each text; empty where the aspect does not apply
    record Ratings(SequencedMap<Aspect, List<OptionalInt>> byAspect) implements Rated {
        /// The mean of a text's ratings, those that do not apply left out; empty when none applies.
        public OptionalDouble mean(int text) {
            return byAspect.values().stream()
                    .map(ratings -> ratings.get(text))
                    .filter(OptionalInt::isPresent)
                    .mapToInt(OptionalInt::getAsInt)
                    .average();
        }

        /// A text's ratings by the names of the aspects; what does not apply is left out.
        public Map<String, Object> of(int text) {
            var ratings = new LinkedHashMap<String, Object>();
            byAspect.forEach((aspect, all) -> all.get(text).ifPresent(rating -> ratings.put(aspect.word(), rating)));
            return ratings;
        }
    }

    record Failed(String because) implements Rated {}
}

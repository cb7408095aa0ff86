package dev.caravan.config;

import dev.caravan.RecipeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a reading of a YAML text gave: the record, or every problem that stands in its way.
///
/// @param file the name that messages use
/// @param record empty exactly when there are problems
/// @param problems by line
/// @param places where each path was written
/// @param parts what each path bound to, also when the record as a whole has problems
public record Bound<T>(
        String file, Optional<T> record, List<Problem> problems, Map<String, Place> places, Map<String, Object> parts) {
    public Bound {
        problems = problems.stream().sorted(Problem.BY_LINE).toList();
        places = Map.copyOf(places);
        parts = Map.copyOf(parts);
    }

    /// The record, or one exception that lists every problem.
    public T get() {
        return record.orElseThrow(() -> new RecipeException(Problem.list(file, problems)));
    }

    /// A problem that was found after binding, with the line of its path or of the nearest path around it.
    public Problem problem(String path, String message) {
        return Problem.at(place(path), path, message);
    }

    /// Whether the text has something at a path.
    public boolean has(String path) {
        return places.containsKey(path);
    }

    /// What a path bound to: a part that is sound is there even when others are not.
    public <P> Optional<P> part(String path, Class<P> type) {
        return Optional.ofNullable(parts.get(path)).filter(type::isInstance).map(type::cast);
    }

    private Place place(String path) {
        for (String around = path; !around.isEmpty(); around = parent(around)) {
            Place place = places.get(around);
            if (place != null) return place;
        }
        return places.getOrDefault("", new Place(file, 1));
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    /// The same record, unless `more` problems were found in it.
    public Bound<T> with(List<Problem> more) {
        if (more.isEmpty()) return this;
        var all = new ArrayList<>(problems);
        all.addAll(more);
        return new Bound<>(file, Optional.empty(), all, places, parts);
    }
}

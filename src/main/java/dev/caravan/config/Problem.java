package dev.caravan.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// One thing that is wrong with a recipe.
///
/// @param file a file's name, or the override that brought the value: `--set stages.sft.epochs=1`
/// @param line from 1; 0 where there is none
/// @param path where in the recipe, such as `stages[2].advantage.type`; empty for the recipe itself
/// @param message what is wrong there, such as `'fast' is not a double`
public record Problem(String file, int line, String path, String message) {
    /// Overrides come after the lines of the file.
    public static final Comparator<Problem> BY_LINE =
            Comparator.comparing((Problem problem) -> problem.line == 0).thenComparingInt(Problem::line);

    static Problem at(Place place, String path, String message) {
        return new Problem(place.file(), place.line(), path, message);
    }

    /// `bad.yaml:4: stages[0] learning_rate must be positive, got -1.0`
    @Override
    public String toString() {
        String where = line == 0 ? file : file + ":" + line;
        return where + ": " + (path.isEmpty() ? message : path + " " + message);
    }

    /// All problems as one text, a line each, by line.
    public static String list(String file, List<Problem> problems) {
        String count = problems.size() == 1 ? " has 1 problem:\n" : " has " + problems.size() + " problems:\n";
        return problems.stream()
                .sorted(BY_LINE)
                .map(problem -> "  " + problem)
                .collect(Collectors.joining("\n", file + count, ""));
    }
}

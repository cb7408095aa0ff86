package dev.caravan.cli;

import dev.caravan.config.Bound;
import dev.caravan.config.Problem;
import dev.caravan.config.Settings;
import dev.caravan.io.Json;
import dev.caravan.recipe.Recipe;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Says all that is wrong with a recipe, or prints it with every default filled in.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Report every problem of a recipe at once, or print it with all defaults filled in.")
final class CheckCommand implements Callable<Integer> {
    private static final int PROBLEMS = 2;

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @Option(names = "--json", description = "print the problems as JSON")
    private boolean json;

    @Override
    public Integer call() {
        Bound<Recipe> bound = recipe.read();
        if (json) {
            System.out.println(Json.write(Map.of("problems", bound.problems())));
        } else if (bound.record().isPresent()) {
            System.out.print(Settings.yaml(bound.get()));
        } else {
            System.err.println(Problem.list(bound.file(), bound.problems()));
        }
        return bound.record().isPresent() ? 0 : PROBLEMS;
    }
}

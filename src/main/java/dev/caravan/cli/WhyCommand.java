package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.recipe.HubCache;
import dev.caravan.recipe.Lineage;
import dev.caravan.recipe.Miss;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what became of a row, or why a stage was not reused.
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = "Say what every stage did with a row, or why a stage was not reused.")
final class WhyCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "ROW_ID", description = "the id of a row")
    private Optional<String> row = Optional.empty();

    @Option(names = "--miss", paramLabel = "STAGE", description = "say why this stage was not reused")
    private Optional<String> stage = Optional.empty();

    @Option(names = "--run", paramLabel = "DIR", required = true, description = "the run's folder")
    private Path run = Path.of("");

    @Override
    public Integer call() {
        if (row.isPresent() == stage.isPresent()) throw new RecipeException("name either a ROW_ID or --miss STAGE");
        row.ifPresent(this::lineage);
        stage.ifPresent(this::miss);
        return 0;
    }

    private void lineage(String id) {
        List<Lineage.Verdict> verdicts = Lineage.of(run, id);
        int stages = width(verdicts.stream().map(Lineage.Verdict::stage).toList());
        int places = width(verdicts.stream().map(Lineage.Verdict::place).toList());
        String line = "%-" + stages + "s  %-" + places + "s  %s%n";
        verdicts.forEach(verdict -> System.out.printf(line, verdict.stage(), verdict.place(), verdict.verdict()));
    }

    private void miss(String name) {
        var hub = HubCache.of(System.getenv(), Path.of(System.getProperty("user.home")));
        Miss miss = Miss.of(run, name, hub);
        System.out.println(
                miss.stage() + (miss.pending() ? " will run, because" : " is up to date; it ran last because"));
        miss.reasons().forEach(reason -> System.out.println("  " + reason));
    }

    private static int width(List<String> column) {
        return column.stream().mapToInt(String::length).max().orElse(1);
    }
}

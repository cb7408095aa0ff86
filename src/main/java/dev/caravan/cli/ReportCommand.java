package dev.caravan.cli;

import dev.caravan.io.Store;
import dev.caravan.recipe.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes the HTML report of a run, or one that compares several, and prints where it lies.
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Make one HTML file of a run's curves, scores, data and samples; several runs are compared.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", arity = "1..*", description = "run folders, as 'caravan run' made them")
    private List<Path> runs = List.of();

    @Option(
            names = "--out",
            paramLabel = "F",
            description =
                    "the file to write (default: report.html in the run folder; of several: comparison.html here)")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() {
        Path file = out.orElseGet(
                () -> runs.size() == 1 ? runs.getFirst().resolve("report.html") : Path.of("comparison.html"));
        Report.write(new Store(), file, runs);
        System.out.println(file);
        return 0;
    }
}

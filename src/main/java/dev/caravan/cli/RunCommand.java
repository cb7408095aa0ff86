package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.io.Progress;
import dev.caravan.io.Store;
import dev.caravan.recipe.Pipeline;
import dev.caravan.recipe.Recipe;
import dev.caravan.recipe.Report;
import dev.caravan.recipe.RunOutcome;
import dev.caravan.recipe.RunOutcome.StageOutcome;
import dev.caravan.recipe.Surroundings;
import dev.caravan.recipe.TensorBoard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a recipe; the last line on standard output says how it ended.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a recipe; what is finished is reused, what was interrupted goes on.")
final class RunCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @Option(names = "--out", paramLabel = "DIR", description = "the run's folder (default: runs/NAME)")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--fresh", description = "run every stage again")
    private boolean fresh;

    @Option(names = "--until", paramLabel = "STAGE", description = "the last stage to run")
    private Optional<String> until = Optional.empty();

    @Override
    public Integer call() {
        Recipe checked = recipe.read().get();
        Path folder = out.orElseGet(() -> Path.of("runs", checked.name()));
        try (var stop = StopRequest.listen();
                var live = LiveLine.onStandardError()) {
            var surroundings = new Surroundings(
                    new Store(), InstantSource.system(), live, stop::requested, Versions.ofThisProcess(), recipe.hub());
            RunOutcome outcome = Pipeline.run(checked, folder, new Pipeline.Scope(fresh, until), surroundings);
            try {
                report(outcome, live);
            } catch (DataException e) {
                if (outcome.failure().isEmpty()) throw e;
                live.say(String.valueOf(e.getMessage())); // such as a full disk, which ended the run as well
            } finally {
                System.out.println(Json.write(summary(outcome)));
            }
            return status(outcome);
        }
    }

    /// Writes the report anew when there is something new to tell, and says what came out.
    private static void report(RunOutcome outcome, Progress progress) {
        Path file = outcome.run().resolve("report.html");
        boolean news = !outcome.stages().stream().allMatch(StageOutcome::reused);
        if (news || !outcome.stages().isEmpty() && !Files.exists(file)) {
            var store = new Store();
            Report.write(store, file, List.of(outcome.run()));
            TensorBoard.write(store, outcome.run());
        }
        if (Files.exists(file)) {
            ScoreTable.of(outcome.run()).lines().forEach(progress::say);
            progress.say("report: " + file);
        }
    }

    private static int status(RunOutcome outcome) {
        if (outcome.failure().isPresent()) throw outcome.failure().get();
        return outcome.status() == RunOutcome.Status.INTERRUPTED ? INTERRUPTED : 0;
    }

    private static Map<String, Object> summary(RunOutcome outcome) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("run", outcome.run().toString());
        summary.put("status", outcome.status().name().toLowerCase(Locale.ROOT));
        summary.put("stages", outcome.stages().stream().map(RunCommand::summary).toList());
        return summary;
    }

    private static Map<String, Object> summary(StageOutcome stage) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("stage", stage.stage());
        summary.put("type", stage.type());
        summary.put("status", stage.reused() ? "reused" : "ran");
        summary.put("seconds", stage.seconds());
        summary.put("fingerprint", stage.fingerprint());
        return summary;
    }
}

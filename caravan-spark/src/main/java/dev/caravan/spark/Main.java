package dev.caravan.spark;

import dev.caravan.CaravanException;
import dev.caravan.cli.Failures;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/// The entry point: the data commands of Caravan as Spark jobs, with the options and the results of the local ones.
@Command(
        name = "caravan-spark",
        mixinStandardHelpOptions = true,
        version = "caravan-spark 0.1.0",
        description = "The data half of Caravan as Spark jobs, with the results of the local commands. Files and --out"
                + " must lie where every machine sees them under the same name.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CurateCommand.class, DedupCommand.class, DecontaminateCommand.class, MixCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /// Runs one command line and returns its exit status, which is that of the local command.
    static int run(String... arguments) {
        try {
            return new CommandLine(new Main())
                    .setParameterExceptionHandler(new Failures())
                    .setExecutionExceptionHandler(Main::failed)
                    .execute(arguments);
        } catch (Error bug) {
            return Failures.bug(bug, System.err);
        }
    }

    private static int failed(Exception failure, CommandLine line, ParseResult parsed) {
        return new Failures().handleExecutionException(cause(failure), line, parsed);
    }

    /// What a task failed of, where a user can act on it; Spark wraps it.
    private static Exception cause(Exception failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CaravanException known) return known;
        }
        return failure;
    }
}

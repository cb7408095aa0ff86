package dev.caravan.cli;

import dev.caravan.CaravanException;
import dev.caravan.io.Interrupted;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a person sees, and what the shell gets, when a command fails.
///
/// The handlers are methods rather than lambdas: a lambda of picocli's types is spun anew at every start.
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int BUG = 70;
    private static final int INTERRUPTED = 130;

    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine line = mistake.getCommandLine();
        line.getErr().println("caravan: " + mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, line.getErr());
        line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        return execution(failure, System.err);
    }

    /// A user's mistake is one message without a trace; anything else is a bug and keeps its trace.
    static int execution(Exception failure, PrintStream err) {
        if (failure instanceof Interrupted stop) {
            err.println("caravan: " + stop.getMessage());
            return INTERRUPTED;
        }
        if (!(failure instanceof CaravanException known)) return bug(failure, err);
        err.println("caravan: " + known.getMessage());
        return known.exitStatus();
    }

    public static int bug(Throwable bug, PrintStream err) {
        err.println("caravan: this is a bug in Caravan; please report it with the lines below");
        bug.printStackTrace(err);
        return BUG;
    }
}

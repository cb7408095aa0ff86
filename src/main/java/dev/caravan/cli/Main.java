package dev.caravan.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// The entry point. Each command is a class of its own in this package, named in [#COMMANDS].
///
/// A start pays for one command only: the others are known by name and description, and their options are read
/// when they are called.
@Command(
        name = "caravan",
        mixinStandardHelpOptions = true,
        version = "caravan 0.1.0",
        description = "Open post-training for language models on the JVM.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    /// Every command, in the order of `--help`. To add one, write its class and its line here.
    private static final List<Class<? extends Callable<Integer>>> COMMANDS = List.of(
            RunCommand.class,
            CheckCommand.class,
            WhyCommand.class,
            ReportCommand.class,
            TokenizeCommand.class,
            DetokenizeCommand.class,
            RenderCommand.class,
            InspectCommand.class,
            VerifyCommand.class,
            AuditCommand.class,
            ScoreCommand.class,
            GenerateCommand.class,
            RewardCommand.class,
            EvaluateCommand.class,
            ConvertCommand.class,
            ProveCommand.class,
            CurateCommand.class,
            DedupCommand.class,
            DecontaminateCommand.class,
            MixCommand.class,
            SynthesiseCommand.class,
            JudgeCommand.class,
            PairsCommand.class,
            FetchCommand.class,
            TasksCommand.class,
            CompletionCommand.class);

    private Main() {}

    public static void main(String[] arguments) {
        StopRequest.exit(run(arguments));
    }

    /// Runs one command line and returns its exit status: 0 ok, 2 usage or recipe, 3 bad data, 4 engine, 5
    /// diverged, 70 bug, 130 interrupted.
    public static int run(String... arguments) {
        try {
            return commandLine(arguments).execute(arguments);
        } catch (Error bug) {
            return Failures.bug(bug, System.err);
        }
    }

    /// The command line that can run these arguments: the command they call is whole, the others are outlines.
    private static CommandLine commandLine(String... arguments) {
        String called = arguments.length == 0 ? "" : arguments[0];
        CommandLine line = new CommandLine(new Main());
        for (Class<? extends Callable<Integer>> type : COMMANDS) {
            String name = annotation(type).name();
            line.addSubcommand(name, name.equals(called) ? type : outline(type));
        }
        var failures = new Failures();
        return line.setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures);
    }

    /// The command line with the options of every command.
    static CommandLine whole() {
        CommandLine line = new CommandLine(new Main());
        COMMANDS.forEach(line::addSubcommand);
        return line;
    }

    private static CommandSpec outline(Class<?> type) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(annotation(type).description());
        return spec;
    }

    private static Command annotation(Class<?> type) {
        Command command = type.getAnnotation(Command.class);
        if (command == null) throw new IllegalStateException(type.getName() + " has no @Command");
        return command;
    }
}

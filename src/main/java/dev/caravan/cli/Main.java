package dev.caravan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point. Each command is a class of its own in this package.
@Command(
        name = "caravan",
        mixinStandardHelpOptions = true,
        version = "caravan 0.1.0",
        description = "Open post-training for language models on the JVM.")
public final class Main implements Callable<Integer> {
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() {
        new CommandLine(this).usage(System.out);
        return 0;
    }
}

package dev.caravan.cli;

import picocli.CommandLine.Option;

/// `--seed N`, for every command that draws random numbers.
final class SeedOption {
    @Option(names = "--seed", paramLabel = "N", description = "seed of every random draw (default: ${DEFAULT-VALUE})")
    private long seed = 0;

    long seed() {
        return seed;
    }
}

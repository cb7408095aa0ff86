package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Sampling;
import dev.caravan.io.Store;
import dev.caravan.judge.Aspect;
import dev.caravan.judge.Judge;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `--judge` and how the judge is used, for the commands that let one decide.
final class JudgeOptions {
    @Option(
            names = "--judge",
            paramLabel = "M|URL",
            description = "who judges: a model, or an OpenAI-compatible server")
    private Optional<String> who = Optional.empty();

    @Mixin
    private final ChatModelOptions options = new ChatModelOptions();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(
            names = "--judge-prompts",
            paramLabel = "FOLDER",
            description = "files that take the place of our prompts and rubrics of their name, such as honesty.txt")
    private Optional<Path> prompts = Optional.empty();

    @Option(
            names = "--judge-tokens",
            paramLabel = "N",
            description = "tokens of a reply at most (default: ${DEFAULT-VALUE})")
    private int maxTokens = 1024;

    @Mixin
    private final AnswersOption answers = new AnswersOption();

    /// Gives work to the judge, and closes it afterwards.
    <T> T with(Function<Judge, T> work) {
        String judge = who.orElseThrow(
                () -> new RecipeException("who judges? Name a model or the address of an endpoint with --judge"));
        return answers.keeping(judge, Optional.empty(), file -> with(judge, file, work));
    }

    private <T> T with(String judge, Path file, Function<Judge, T> work) {
        try (ChatModel model = options.open(judge, new Store(), file)) {
            return work.apply(new Judge(model, Aspect.all(), prompts, Sampling.greedy(maxTokens), seed.seed()));
        }
    }
}

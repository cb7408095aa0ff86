package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Endpoint;
import dev.caravan.generate.Sampling;
import dev.caravan.io.RunLock;
import dev.caravan.io.Sha256;
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

    @Option(
            names = "--answers",
            paramLabel = "FOLDER",
            description =
                    "where an endpoint's replies are kept, so that none is paid for twice (default: the user's cache)")
    private Optional<Path> answers = Optional.empty();

    /// Gives work to the judge, and closes it afterwards.
    <T> T with(Function<Judge, T> work) {
        String judge = who.orElseThrow(
                () -> new RecipeException("who judges? Name a model or the address of an endpoint with --judge"));
        if (!Endpoint.isUrl(judge)) return with(judge, new Store(), Path.of(""), work);
        Path folder = answers.orElseGet(() -> cache(judge));
        var store = new Store();
        store.createFolder(folder);
        try (var _ = lock(folder)) {
            return with(judge, store, folder.resolve("answers.jsonl"), work);
        }
    }

    private <T> T with(String judge, Store store, Path file, Function<Judge, T> work) {
        try (ChatModel model = options.open(judge, store, file, maxTokens)) {
            return work.apply(new Judge(model, Aspect.all(), prompts, Sampling.greedy(maxTokens), seed.seed()));
        }
    }

    private static RunLock lock(Path folder) {
        try {
            return RunLock.take(folder);
        } catch (DataException e) {
            throw new DataException(folder + " is in use by another command; name another folder with --answers", e);
        }
    }

    private static Path cache(String url) {
        String base = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(base, "caravan", "answers", Sha256.of(url).substring(0, 16));
    }
}

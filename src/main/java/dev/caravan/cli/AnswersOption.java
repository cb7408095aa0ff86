package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.generate.Endpoint;
import dev.caravan.io.RunLock;
import dev.caravan.io.Sha256;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// `--answers FOLDER`, where an endpoint's answers are kept.
final class AnswersOption {
    @Option(
            names = "--answers",
            paramLabel = "FOLDER",
            description = "where an endpoint's answers are kept, so that none is paid for twice (default: below --out"
                    + " where a command has it, else in the user's cache)")
    private Optional<Path> answers = Optional.empty();

    /// Does the work with the file of the answers; the folder is this process's own meanwhile. A model of this
    /// machine keeps none, and gets a file that does not exist.
    ///
    /// @param who a model, or the URL of an endpoint
    /// @param usual the folder, unless the user names another
    <T> T keeping(String who, Optional<Path> usual, Function<Path, T> work) {
        if (!Endpoint.isUrl(who)) return work.apply(Path.of(""));
        Path folder = answers.or(() -> usual).orElseGet(() -> cache(who));
        new Store().createFolder(folder);
        try (var _ = lock(folder)) {
            return work.apply(folder.resolve("answers.jsonl"));
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

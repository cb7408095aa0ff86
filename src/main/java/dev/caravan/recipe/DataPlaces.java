package dev.caravan.recipe;

import dev.caravan.RecipeException;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Where the rows lie that a command line names: a file, a folder of files, or a data set of the hub
/// (`hf:org/name@revision`), which is fetched into the local cache when it is not there yet.
///
/// @param environment the process's variables, which choose the hub and may forbid requests
/// @param progress is told what is fetched, in words
public record DataPlaces(Map<String, String> environment, HubCache cache, Store store, Consumer<String> progress) {
    private static final String HUB = "hf:";

    /// The places of this machine and its user.
    public static DataPlaces ofThisUser(Consumer<String> progress) {
        return new DataPlaces(System.getenv(), HubCache.ofThisUser(), new Store(), progress);
    }

    /// The file or folder; that of a name without `hf:` need not exist.
    ///
    /// @throws RecipeException when a data set is neither in the cache nor may be fetched
    public Path of(String text) {
        if (!text.startsWith(HUB)) return Path.of(text);
        return cache.find(repository(text), Artifact.CONVERSATIONS).orElseGet(() -> fetch(text));
    }

    /// What rows call their source: the repository without its revision; empty for files.
    public static Optional<String> nameOnHub(String text) {
        return text.startsWith(HUB) ? Optional.of(repository(text).name()) : Optional.empty();
    }

    private Path fetch(String text) {
        try (var hub = HubClient.of(environment, cache, store)) {
            return hub.fetch(text, false, name -> progress.accept(text + ": " + name));
        }
    }

    private static HubRepository repository(String text) {
        return HubRepository.parse(text)
                .orElseThrow(() -> new RecipeException(
                        "'" + text + "' is no data set of the hub; write hf:org/name or hf:org/name@revision"));
    }
}

package dev.caravan.cli;

import dev.caravan.io.Store;
import dev.caravan.recipe.HubCache;
import dev.caravan.recipe.HubClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `caravan fetch`: repositories of the Hugging Face hub into the local cache.
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description =
                "Fetch models or data sets of the Hugging Face hub into the local cache, and print where they lie.")
final class FetchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "REPO", arity = "1..*", description = "hf:org/name or hf:org/name@revision")
    private List<String> repositories = List.of();

    @Option(names = "--data", description = "they are data sets, not models")
    private boolean data;

    @Override
    public Integer call() {
        try (var hub = HubClient.of(System.getenv(), HubCache.ofThisUser(), new Store())) {
            for (String repository : repositories) {
                Path folder = hub.fetch(repository, !data, name -> System.err.println(repository + ": " + name));
                System.out.println(folder);
            }
        }
        return 0;
    }
}

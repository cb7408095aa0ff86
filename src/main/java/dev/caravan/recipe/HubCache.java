package dev.caravan.recipe;

import dev.caravan.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The folder in which the tools of the Hugging Face hub keep what they have fetched:
/// `models--org--name/snapshots/COMMIT`, with branches and tags as files of `refs` that hold a commit.
///
/// @param folder the cache, which need not exist
public record HubCache(Path folder) {
    /// Where those tools look: `HF_HUB_CACHE`, else `HF_HOME/hub`, else `~/.cache/huggingface/hub`.
    ///
    /// @param environment the process's variables
    /// @param home the user's home folder
    public static HubCache of(Map<String, String> environment, Path home) {
        String cache = environment.get("HF_HUB_CACHE");
        if (cache != null) return new HubCache(Path.of(cache));
        String root = environment.get("HF_HOME");
        return new HubCache((root == null ? home.resolve(".cache/huggingface") : Path.of(root)).resolve("hub"));
    }

    /// Where those tools look on this machine.
    public static HubCache ofThisUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /// Where the model lies that a command line names: a folder, a GGUF file, a stage's folder of a run, or a
    /// repository (`hf:org/name@revision`) of this cache.
    ///
    /// @throws RecipeException when it is not on this machine
    public Path model(String text) {
        if (!text.startsWith("hf:") && Files.exists(Path.of(text))) return Artifact.MODEL.at(Path.of(text));
        HubRepository repository = HubRepository.parse(text)
                .orElseThrow(() -> new RecipeException(
                        "model '" + text + "' does not exist; name a model's folder or a GGUF file"));
        return find(repository, Artifact.MODEL)
                .orElseThrow(() -> new RecipeException(
                        ("model '%s' is neither a folder or GGUF file nor in the local cache of the hub (%s);"
                                        + " fetch it with 'caravan fetch hf:%s'")
                                .formatted(text, root(repository, Artifact.MODEL), repository)));
    }

    /// The repository's files, when they are here.
    Optional<Path> find(HubRepository repository, Artifact artifact) {
        Path root = root(repository, artifact);
        Path ref = root.resolve("refs").resolve(repository.revision());
        String commit = Files.isRegularFile(ref) ? text(ref) : repository.revision();
        return Optional.of(root.resolve("snapshots").resolve(commit)).filter(Files::isDirectory);
    }

    /// What to tell when [#find] finds nothing.
    String absence(HubRepository repository, Input input) {
        String kind = input.artifact() == Artifact.MODEL ? "" : " --data";
        return "%s is not in the local cache (%s); fetch it with 'caravan fetch%s hf:%s', or give a folder that holds it"
                        .formatted(repository, root(repository, input.artifact()), kind, repository)
                + " with --set";
    }

    /// Where the cache keeps a repository.
    Path root(HubRepository repository, Artifact artifact) {
        String kind = artifact == Artifact.MODEL ? "models--" : "datasets--";
        return folder.resolve(kind + repository.name().replace("/", "--"));
    }

    private static String text(Path ref) {
        try {
            return Files.readString(ref).strip();
        } catch (IOException e) {
            return "";
        }
    }
}

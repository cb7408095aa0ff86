package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.io.Json;
import dev.caravan.io.Pause;
import dev.caravan.io.Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Fetches repositories of the Hugging Face hub into the local [HubCache], in the layout of its own tools: contents by
/// their ETag in `blobs`, links to them in `snapshots/COMMIT`, branches and tags in `refs`. A repository becomes
/// visible when all its files are here and their hashes are right. What a broken line left behind is gone on with.
///
/// Reads `HF_ENDPOINT`, `HF_TOKEN` and `HF_HUB_OFFLINE`. Nothing is sent but requests for files; the token goes to the
/// endpoint's host alone.
public final class HubClient implements AutoCloseable {
    private static final String PUBLIC_ENDPOINT = "https://huggingface.co";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final Pattern MODEL_FILES =
            Pattern.compile("[^/]*\\.(safetensors|gguf|json|jinja|txt|model)|README\\.md|LICENSE[^/]*|merges\\.txt");
    private static final Pattern DATA_FILES =
            Pattern.compile(".*\\.(jsonl|json|csv|tsv|parquet)(\\.(gz|zst))?|README\\.md|LICENSE[^/]*");

    private final URI endpoint;
    private final HubCache cache;
    private final Store store;
    private final HubRequests requests;

    HubClient(URI endpoint, Optional<String> token, HubCache cache, Store store, Pause pause) {
        this.endpoint = endpoint;
        this.cache = cache;
        this.store = store;
        this.requests = new HubRequests(endpoint, token, pause);
    }

    /// @param environment the process's variables
    /// @throws RecipeException when `HF_HUB_OFFLINE` forbids requests
    public static HubClient of(Map<String, String> environment, HubCache cache, Store store) {
        if (!List.of("", "0", "false").contains(environment.getOrDefault("HF_HUB_OFFLINE", ""))) {
            throw new RecipeException(
                    "HF_HUB_OFFLINE is set: nothing is fetched; unset it, or name files on this disk");
        }
        String endpoint =
                environment.getOrDefault("HF_ENDPOINT", PUBLIC_ENDPOINT).replaceFirst("/+$", "");
        Optional<String> token = Optional.ofNullable(environment.get("HF_TOKEN"))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        return new HubClient(URI.create(endpoint), token, cache, store, Pause.sleeping());
    }

    @Override
    public void close() {
        requests.close();
    }

    /// Fetches what is not here yet.
    ///
    /// @param text `hf:org/name@revision`
    /// @param model whether it is a model; else a data set
    /// @param progress is told what is done, in words
    /// @return the folder of the snapshot
    public Path fetch(String text, boolean model, Consumer<String> progress) {
        HubRepository repository = HubRepository.parse(text)
                .orElseThrow(() -> new RecipeException(
                        "'" + text + "' is no repository of the hub; write hf:org/name or hf:org/name@revision"));
        return fetch(repository, model, progress);
    }

    private Path fetch(HubRepository repository, boolean model, Consumer<String> progress) {
        JsonNode description = description(repository, model);
        String commit = description.path("sha").asString("");
        if (!COMMIT.matcher(commit).matches()) {
            throw new DataException("the hub names no commit for %s, got '%s'".formatted(repository, commit));
        }
        Path root = cache.root(repository, model ? Artifact.MODEL : Artifact.CONVERSATIONS);
        var blobs = new HubBlobs(requests, store, root.resolve("blobs"));
        var files = new LinkedHashMap<String, Path>();
        for (String name : names(description, repository, model)) {
            progress.accept(name);
            files.put(name, blobs.fetch(file(repository, model, commit, name)));
        }
        return publish(repository, root, commit, files);
    }

    private JsonNode description(HubRepository repository, boolean model) {
        URI address = endpoint.resolve(endpoint.getPath()
                + "/api/%s/%s/revision/%s"
                        .formatted(model ? "models" : "datasets", repository.name(), encoded(repository.revision())));
        HttpResponse<InputStream> response = requests.get(address, 0);
        try (InputStream body = response.body()) {
            return Json.tree(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new DataException("%s breaks off: %s".formatted(address, e.getMessage()), e);
        } catch (DataException e) {
            throw new DataException("%s answers nonsense: %s".formatted(address, e.getMessage()), e);
        }
    }

    /// The files that a model or a data set consists of; weights of other frameworks are left out.
    private static List<String> names(JsonNode description, HubRepository repository, boolean model) {
        List<String> names = description
                .path("siblings")
                .valueStream()
                .map(file -> file.path("rfilename").asString(""))
                .filter(name -> (model ? MODEL_FILES : DATA_FILES).matcher(name).matches())
                .sorted()
                .toList();
        names.forEach(HubClient::requireInside);
        if (names.isEmpty()) throw new DataException(repository + " has no files that Caravan reads");
        return names;
    }

    private static void requireInside(String name) {
        boolean inside = !name.contains("\\")
                && Arrays.stream(name.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (!inside) throw new DataException("the hub names a file outside its repository: '" + name + "'");
    }

    private HubFile file(HubRepository repository, boolean model, String commit, String name) {
        String path = Arrays.stream(name.split("/")).map(HubClient::encoded).collect(Collectors.joining("/"));
        URI address = endpoint.resolve(endpoint.getPath()
                + "/%s%s/resolve/%s/%s".formatted(model ? "" : "datasets/", repository.name(), commit, path));
        HttpHeaders headers = requests.head(address).headers();
        String etag = headers.firstValue("X-Linked-Etag")
                .or(() -> headers.firstValue("ETag"))
                .orElse("");
        long bytes = headers.firstValueAsLong("X-Linked-Size")
                .orElseGet(() -> headers.firstValueAsLong("Content-Length").orElse(-1));
        return new HubFile(name, address, HubFile.bare(etag), bytes);
    }

    /// Links first, the branch last: a reader finds the old commit whole, or the new one.
    private Path publish(HubRepository repository, Path root, String commit, Map<String, Path> files) {
        Path snapshot = root.resolve("snapshots").resolve(commit);
        files.forEach((name, blob) -> {
            Path link = snapshot.resolve(name);
            Path folder = link.resolveSibling(".").normalize();
            store.createFolder(folder);
            store.link(link, folder.relativize(blob));
        });
        if (!repository.revision().equals(commit)) {
            Path ref = root.resolve("refs").resolve(repository.revision());
            store.createFolder(ref.resolveSibling(".").normalize());
            store.write(ref, commit);
        }
        return snapshot;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

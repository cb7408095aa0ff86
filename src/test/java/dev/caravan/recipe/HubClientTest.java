package dev.caravan.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.curate.FileSource;
import dev.caravan.io.Sha256;
import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubClientTest {
    private static final String SMALL = "{}\n";
    private static final String GIT_HASH_OF_SMALL = "0967ef424bce6791893e9a57bb952f80fd536e93"; // git hash-object
    private static final byte[] LARGE = "weights ".repeat(50_000).getBytes(UTF_8);

    @TempDir
    private Path folder;

    private final List<Double> pauses = new ArrayList<>();
    private HubServer server;
    private String hashOfLarge;

    @BeforeEach
    void aRepositoryOfTwoFiles() throws IOException {
        hashOfLarge = Sha256.of(new String(LARGE, UTF_8));
        server = new HubServer();
        server.put("config.json", SMALL.getBytes(UTF_8), GIT_HASH_OF_SMALL);
        server.put("model.safetensors", LARGE, hashOfLarge);
        server.put("pytorch_model.bin", LARGE, hashOfLarge);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void repositoryLiesInTheLayoutOfTheHubsOwnTools() throws IOException {
        Path snapshot = fetch();
        Path root = folder.resolve("models--org--name");
        assertThat(snapshot).isEqualTo(root.resolve("snapshots").resolve(HubServer.COMMIT));
        assertThat(root.resolve("refs/main")).hasContent(HubServer.COMMIT);
        assertThat(Files.readSymbolicLink(snapshot.resolve("config.json")))
                .hasToString("../../blobs/" + GIT_HASH_OF_SMALL);
        assertThat(snapshot.resolve("model.safetensors")).hasBinaryContent(LARGE);
        assertThat(snapshot.resolve("pytorch_model.bin")).doesNotExist();
        assertThat(cache().model("hf:org/name")).isEqualTo(snapshot);
    }

    @Test
    void tokenIsShownToTheHubAndToNoOtherHost() {
        fetch();
        assertThat(server.hubCalls).allMatch(call -> call.token().equals(Optional.of("Bearer secret")));
        assertThat(server.storeCalls).isNotEmpty().allMatch(call -> call.token().isEmpty());
    }

    @Test
    void whatIsHereIsNotFetchedAgain() {
        fetch();
        int before = server.storeCalls.size();
        fetch();
        assertThat(server.storeCalls).hasSize(before);
    }

    @Test
    void brokenTransferGoesOnWhereItBroke() {
        server.breaks.addAll(List.of(100_000, 50_000));
        assertThat(fetch().resolve("model.safetensors")).hasBinaryContent(LARGE);
        assertThat(server.storeCalls)
                .extracting(call -> call.range().orElse("all"))
                .hasSize(3)
                .startsWith("all")
                .allMatch(range -> range.equals("all") || range.matches("bytes=\\d+-"));
    }

    @Test
    void partOfAnotherVersionIsNotUsed() throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("models--org--name/blobs"));
        Files.writeString(blobs.resolve("0".repeat(64) + ".incomplete"), "old");
        assertThat(fetch().resolve("model.safetensors")).hasBinaryContent(LARGE);
        assertThat(server.storeCalls.getFirst().range()).isEmpty();
    }

    @Test
    void damagedPartIsThrownAwayAndFetchedAnew() throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("models--org--name/blobs"));
        Files.writeString(blobs.resolve(hashOfLarge + ".incomplete"), "damaged");
        assertThat(fetch().resolve("model.safetensors")).hasBinaryContent(LARGE);
        assertThat(server.storeCalls).hasSize(2);
    }

    @Test
    void contentOfAnotherHashIsRefusedAndTheRepositoryStaysInvisible() {
        server.put("model.safetensors", LARGE, "1".repeat(64));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("arrives with a content whose hash is not " + "1".repeat(64));
        assertThatThrownBy(() -> cache().model("hf:org/name")).isInstanceOf(RecipeException.class);
    }

    @Test
    void busyHubIsAskedAgainWhenItSays() {
        server.troubles.addAll(List.of(429, 503));
        fetch();
        assertThat(pauses).containsExactly(7.0, 7.0);
    }

    @Test
    void hubThatStaysBusyIsGivenUp() {
        for (int i = 0; i < 5; i++) server.troubles.add(500);
        assertThatThrownBy(this::fetch)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("answers 500 after 5 attempts");
    }

    @Test
    void refusalsSayWhatToDo() {
        server.troubles.add(403);
        assertThatThrownBy(this::fetch).hasMessageContaining("the token in HF_TOKEN has no access");
        server.troubles.add(404);
        assertThatThrownBy(this::fetch).hasMessageContaining("check the repository's name and revision");
    }

    @Test
    void fileOutsideTheRepositoryIsRefused() {
        server.put("../../x.json", SMALL.getBytes(UTF_8), GIT_HASH_OF_SMALL);
        try (var client = client()) {
            assertThatThrownBy(() -> client.fetch("hf:org/name", false, _ -> {}))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("names a file outside its repository: '../../x.json'");
        }
    }

    @Test
    void fetchedDataSetIsReadAsTheTrainingFilesOfItsFolder() {
        String row = "{\"prompt\": \"Who?\", \"completion\": \"%s\"}\n";
        server.put("data/train-0.jsonl", row.formatted("Me.").getBytes(UTF_8), "etag-of-train");
        server.put("data/test-0.jsonl", row.formatted("You.").getBytes(UTF_8), "etag-of-test");
        try (var client = client()) {
            Path snapshot = client.fetch("hf:org/name", false, _ -> {});
            assertThat(FileSource.of("hub", snapshot.toString()).conversations(0))
                    .extracting(chat -> chat.messages().getLast().content())
                    .containsExactly("Me.");
        }
    }

    @Test
    void nothingIsAskedOffline() {
        assertThatThrownBy(() -> HubClient.of(Map.of("HF_HUB_OFFLINE", "1"), cache(), new Store()))
                .isInstanceOf(RecipeException.class)
                .hasMessageStartingWith("HF_HUB_OFFLINE is set");
    }

    private Path fetch() {
        try (var client = client()) {
            return client.fetch("hf:org/name", true, _ -> {});
        }
    }

    private HubClient client() {
        return new HubClient(server.endpoint(), Optional.of("secret"), cache(), new Store(), pauses::add);
    }

    private HubCache cache() {
        return new HubCache(folder);
    }
}

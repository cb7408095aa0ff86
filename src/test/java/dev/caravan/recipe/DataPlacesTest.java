package dev.caravan.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.RecipeException;
import dev.caravan.curate.FileSource;
import dev.caravan.io.Sha256;
import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPlacesTest {
    private static final String ROW = "{\"prompt\": \"%s\", \"completion\": \"Ho\"}\n";

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private HubServer server;

    @BeforeEach
    void aDataSetOfTwoSplits() throws IOException {
        server = new HubServer();
        put("train.jsonl", ROW.formatted("learn"));
        put("test.jsonl", ROW.formatted("examine"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void dataSetIsFetchedOnceAndItsTrainingRowsAreRead() {
        Path snapshot = places(Map.of()).of("hf:org/name");
        assertThat(FileSource.of("name", snapshot.toString()).conversations(0))
                .extracting(row -> row.messages().getFirst().content())
                .containsExactly("learn");
        assertThat(told).anyMatch(word -> word.contains("train.jsonl"));
        int calls = server.hubCalls.size();
        assertThat(places(Map.of()).of("hf:org/name")).isEqualTo(snapshot);
        assertThat(places(Map.of("HF_HUB_OFFLINE", "1")).of("hf:org/name@" + HubServer.COMMIT))
                .isEqualTo(snapshot);
        assertThat(server.hubCalls).hasSize(calls);
    }

    @Test
    void whatIsNotHereIsNotFetchedWhereThatIsForbidden() {
        assertThatThrownBy(() -> places(Map.of("HF_HUB_OFFLINE", "1")).of("hf:org/name"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("HF_HUB_OFFLINE is set");
        assertThatThrownBy(() -> places(Map.of()).of("hf:name"))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("write hf:org/name");
    }

    @Test
    void anythingElseIsAPathAndNeedNotExist() {
        assertThat(places(Map.of()).of("rows.jsonl")).isEqualTo(Path.of("rows.jsonl"));
        assertThat(DataPlaces.nameOnHub("rows.jsonl")).isEmpty();
        assertThat(DataPlaces.nameOnHub("hf:org/name@v2")).contains("org/name");
    }

    private DataPlaces places(Map<String, String> more) {
        var environment = new HashMap<>(Map.of("HF_ENDPOINT", server.endpoint().toString()));
        environment.putAll(more);
        return new DataPlaces(environment, new HubCache(folder), new Store(), told::add);
    }

    private void put(String name, String text) {
        server.put(name, text.getBytes(UTF_8), Sha256.of(text));
    }
}

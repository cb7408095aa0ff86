package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.curate.Deduplicator;
import dev.caravan.curate.EmptyTurnFilter;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Filter;
import dev.caravan.curate.RejectBadRows;
import dev.caravan.curate.Source;
import dev.caravan.data.Conversation;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import dev.caravan.data.Skill;
import dev.caravan.io.Interrupt;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CurateStageTest {
    private static final String CHAT = "{\"prompt\": \"Who?\", \"completion\": \"Me.\"}";
    private static final String EMPTY = "{\"prompt\": \"Who?\", \"completion\": \" \"}";
    private static final String CHECKED =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"1 + 2?\"}], \"ground_truth\": \"3\", \"dataset\": \"gsm8k\"}";
    private static final String PAIR = "{\"prompt\": \"Which?\", \"chosen\": \"This.\", \"rejected\": \"That.\"}";
    private static final String BROKEN = "{\"prompt\"";

    @TempDir
    private Path folder;

    @Test
    void rowsOfAFileBecomeConversationsPromptsAndPairs() throws IOException {
        run(source(CHAT, EMPTY, CHECKED, PAIR, BROKEN));
        assertThat(rows("data.jsonl", Conversation.class))
                .extracting(row -> row.messages().getLast().content())
                .containsExactly("Me.", "This.");
        assertThat(rows("prompts.jsonl", Prompt.class))
                .extracting(row -> row.messages().getLast().content())
                .containsExactly("Who?", "1 + 2?", "Which?");
        assertThat(rows("pairs.jsonl", PreferencePair.class))
                .extracting(PreferencePair::rejected)
                .containsExactly("That.");
        assertThat(rows("data.jsonl", Conversation.class))
                .allMatch(row ->
                        row.licence().equals(Optional.of("MIT")) && row.skill().equals(Optional.of(Skill.SAFETY)));
    }

    @Test
    void countsInAreCountsOutAndRejected() throws IOException {
        run(source(CHAT, CHAT, EMPTY, CHECKED, PAIR, BROKEN));
        JsonNode counts = json("manifest.json").get("counts");
        assertThat(counts.get("in").asInt()).isEqualTo(4 + 5 + 1 + 1); // conversations, prompts, pair, bad row
        assertThat(counts.get("out").asInt()).isEqualTo(2 + 3 + 1);
        assertThat(counts.get("rejected").toString()).isEqualTo("{\"bad-row\":1,\"duplicate\":3,\"empty-turn\":1}");
        assertThat(rows("rejected.jsonl", JsonNode.class)).hasSize(1 + 3 + 1);
    }

    @Test
    void statisticsCountRowsOnceInWhateverFormTheyLeave() throws IOException {
        run(source(CHAT, CHAT, EMPTY, CHECKED, CHECKED, PAIR, BROKEN));
        JsonNode statistics = json("statistics.json").get(0);
        assertThat(statistics.get("rows").asInt()).isEqualTo(7);
        assertThat(statistics.get("kept").asInt()).isEqualTo(3);
        assertThat(statistics.get("rejected").toString()).isEqualTo("{\"bad-row\":1,\"duplicate\":2,\"empty-turn\":1}");
    }

    @Test
    void stageRunsAgainWhenAFileOfItsSourcesChangesAndNotWhenItMoves() throws IOException {
        Path first = Files.write(folder.resolve("a.jsonl"), List.of(CHAT));
        assertThat(run(source(first)).stages().getFirst().reused()).isFalse();
        Path moved = Files.move(first, folder.resolve("b.jsonl"));
        assertThat(run(source(moved)).stages().getFirst().reused()).isTrue();
        Files.write(moved, List.of(CHAT, CHECKED));
        assertThat(run(source(moved)).stages().getFirst().reused()).isFalse();
    }

    @Test
    void missingFileOfASourceIsToldWithItsPathInTheRecipe() {
        String yaml = """
                name: x
                stages:
                  - type: curate
                    out: pool
                    sources:
                      - {type: chat, chats: 5}
                      - {type: file, name: rows, path: none/rows.jsonl}
                """;
        assertThat(Recipe.parse("x.yaml", yaml, List.of(), ToyRun.EMPTY_HUB).problems())
                .hasToString("[x.yaml:7: stages[0].sources[1].path 'none/rows.jsonl' is neither a file nor a folder]");
    }

    private RunOutcome run(Source... sources) {
        List<Filter> filters = List.of(new EmptyTurnFilter());
        var stage = new CurateStage(
                "pool", Optional.empty(), List.of(sources), Optional.empty(), filters, true, Deduplicator.exact());
        Path run = folder.resolve("run");
        var store = new Store();
        store.createFolder(run);
        return new Pipeline(ToyRun.plan(List.of(stage)), run, ToyRun.surroundings(store, Interrupt.NEVER))
                .run(Pipeline.Scope.ALL);
    }

    private FileSource source(String... rows) throws IOException {
        return source(Files.write(folder.resolve("rows.jsonl"), List.of(rows)));
    }

    private static FileSource source(Path file) {
        return new FileSource(
                "rows",
                file.toString(),
                Optional.empty(),
                Optional.of("MIT"),
                Optional.of(Skill.SAFETY),
                new RejectBadRows(0.5));
    }

    private <T> List<T> rows(String name, Class<T> type) {
        try (var rows = JsonLines.rows(folder.resolve("run/01-pool").resolve(name), type)) {
            return rows.toList();
        }
    }

    private JsonNode json(String name) throws IOException {
        return Json.tree(Files.readString(folder.resolve("run/01-pool").resolve(name)));
    }
}

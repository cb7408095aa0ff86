package dev.caravan.cli;

import static dev.caravan.cli.EndToEndCall.caravan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Preference pairs on their way past test items, among conversations and prompts.
class DecontaminatedPairsTest {
    private static final String HENS = "How many eggs does the hen lay in four weeks of spring";
    private static final String RECIPE = """
            name: pairs
            stages:
              - {type: curate, out: pool, data: '%1$s/pairs.jsonl'}
              - type: decontaminate
                out: clean
                data: pool
                rows: [conversations, prompts, pairs]
                files: [{name: hens, data: '%1$s/hens.jsonl'}]
              - {type: decontaminate, out: only, data: pool, rows: [pairs], turns: all, files: [{name: hens, data: '%1$s/hens.jsonl'}]}
            """;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void runOnce() throws IOException {
        Files.write(
                folder.resolve("pairs.jsonl"),
                List.of(
                        pair("a", "Name a river.", "The Nile."),
                        pair("b", HENS + " or so?", "Thirty."),
                        pair("c", "What was the question?", HENS + ", it was.")));
        Files.writeString(folder.resolve("hens.jsonl"), "{\"id\": \"h1\", \"question\": \"" + HENS + " and summer?\"}");
        Path recipe = Files.writeString(folder.resolve("pairs.yaml"), RECIPE.formatted(folder));
        EndToEndCall call = caravan("run", recipe, "--out", folder.resolve("run"));
        assertThat(call.status()).as(call.err()).isZero();
    }

    @Test
    void pairWhosePromptRepeatsAnItemIsRemovedAndListed() throws IOException {
        assertThat(ids("02-clean/pairs.jsonl")).containsExactly("a", "c");
        JsonNode removed = rows("02-clean/removed.jsonl").getLast();
        assertThat(removed.path("id").asString()).isEqualTo("b");
        assertThat(removed.path("test_id").asString()).isEqualTo("h1");
        assertThat(removed.at("/row/rejected").asString()).isEqualTo("I will not say.");
    }

    @Test
    void withAllTurnsTheBetterAnswerIsComparedToo() throws IOException {
        assertThat(ids("03-only/pairs.jsonl")).containsExactly("a");
        assertThat(folder.resolve("run/03-only/data.jsonl")).doesNotExist();
    }

    @Test
    void everyRowThatGoesInComesOutOrIsRemoved() throws IOException {
        JsonNode pool = counts("01-pool");
        JsonNode clean = counts("02-clean");
        assertThat(clean.path("in").asInt()).isEqualTo(pool.path("out").asInt()).isEqualTo(9);
        assertThat(clean.path("out").asInt()).isEqualTo(6);
        assertThat(rows("02-clean/removed.jsonl")).hasSize(3);
    }

    @Test
    void whyTellsThatThePairWasRemoved() {
        assertThat(caravan("why", "b", "--run", folder.resolve("run")).out().lines())
                .anyMatch(line ->
                        line.matches("03-only +removed\\.jsonl:1 +left out by decontaminate: repeats h1 of hens.*"));
    }

    @Test
    void dataWithoutPairsIsAProblemOfTheRecipe() throws IOException {
        Path recipe = Files.writeString(folder.resolve("none.yaml"), """
                name: none
                stages:
                  - {type: curate, out: pool, sources: [{type: chat, chats: 5}]}
                  - {type: decontaminate, out: clean, data: pool, rows: [pairs], against: [arithmetic]}
                  - {type: decontaminate, out: twice, data: pool, rows: [prompts, prompts], against: [arithmetic]}
                """);
        EndToEndCall check = caravan("check", recipe);
        assertThat(check.status()).isEqualTo(2);
        assertThat(check.err())
                .contains("needs preference pairs, but 'pool' gives conversations and prompts")
                .contains("rows must name kinds of rows, each once, got [PROMPTS, PROMPTS]");
    }

    private static String pair(String id, String prompt, String chosen) {
        return "{\"id\": \"%s\", \"prompt\": \"%s\", \"chosen\": \"%s\", \"rejected\": \"I will not say.\"}"
                .formatted(id, prompt, chosen);
    }

    private static List<String> ids(String file) throws IOException {
        return rows(file).stream().map(row -> row.path("id").asString()).toList();
    }

    private static List<JsonNode> rows(String file) throws IOException {
        return Files.readAllLines(folder.resolve("run").resolve(file)).stream()
                .map(Json::tree)
                .toList();
    }

    private static JsonNode counts(String stage) throws IOException {
        return Json.tree(Files.readString(folder.resolve("run").resolve(stage).resolve("manifest.json")))
                .path("counts");
    }
}

package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RecipeCommandsTest {
    @TempDir
    private Path folder;

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path recipe;
    private Path run;

    @BeforeEach
    void writeRecipe() throws IOException {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"id":"a","source":"hand","messages":[{"role":"user","content":"1+1?"}]}
                {"id":"b","source":"hand","messages":[{"role":"user","content":"2+2?"}]}
                """);
        recipe = Files.writeString(folder.resolve("tiny.yaml"), """
                name: tiny
                stages:
                  - {type: sample, out: pool, data: %s, rows: 2}
                  - {type: sample, out: less, data: pool, rows: 1}
                """.formatted(rows));
        run = folder.resolve("run");
    }

    @AfterEach
    void restore() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private int caravan(Object... arguments) {
        out.reset();
        err.reset();
        String[] words =
                java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        return Main.run(words);
    }

    private JsonNode lastLine() {
        return Json.tree(out.toString(StandardCharsets.UTF_8).lines().toList().getLast());
    }

    @Test
    void runEndsWithALineThatSaysWhatWasDone() {
        assertThat(caravan("run", recipe, "--out", run)).isZero();
        assertThat(lastLine().path("status").asString()).isEqualTo("done");
        assertThat(lastLine().path("run").asString()).isEqualTo(run.toString());
        assertThat(lastLine().at("/stages/1/status").asString()).isEqualTo("ran");
        assertThat(run.resolve("report.html")).isNotEmptyFile();
        assertThat(caravan("run", recipe, "--out", run, "--set", "stages.less.rows=2"))
                .isZero();
        assertThat(lastLine().at("/stages/0/status").asString()).isEqualTo("reused");
        assertThat(lastLine().at("/stages/1/status").asString()).isEqualTo("ran");
    }

    @Test
    void badRowFailsTheRunWithItsPlaceAndExitThree() throws IOException {
        Files.writeString(folder.resolve("rows.jsonl"), "{\"id\":\"a\"\n");
        assertThat(caravan("run", recipe, "--out", run)).isEqualTo(3);
        assertThat(lastLine().path("status").asString()).isEqualTo("failed");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("caravan: rows.jsonl:1: ")
                .doesNotContain("\tat ");
    }

    @Test
    void checkPrintsTheResolvedRecipe() {
        assertThat(caravan("check", recipe, "--seed", "5")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("name: tiny\nseed: 5\nstages:\n  - type: sample\n");
    }

    @Test
    void checkListsProblemsAndExitsTwo() {
        assertThat(caravan("check", recipe, "--set", "stages.less.data=poll", "--set", "sead=1", "--json"))
                .isEqualTo(2);
        assertThat(lastLine().path("problems").findValuesAsString("path")).containsExactly("sead", "stages[1].data");
        assertThat(caravan("check", recipe, "--set", "stages.less.data=poll")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("(did you mean 'pool'?)");
    }

    @Test
    void whySaysWhatBecameOfARowAndWhyAStageRan() {
        caravan("run", recipe, "--out", run);
        assertThat(caravan("why", "a", "--run", run)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("01-pool  data.jsonl:1 +kept, from the source hand");
        assertThat(caravan("why", "--miss", "pool", "--run", run)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("pool is up to date; it ran last because\n  no earlier results");
        assertThat(caravan("why", "nobody", "--run", run)).isEqualTo(3);
        assertThat(caravan("why", "--run", run)).isEqualTo(2);
    }
}

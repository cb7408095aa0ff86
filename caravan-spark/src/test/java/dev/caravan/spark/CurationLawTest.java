package dev.caravan.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurationLawTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rowsReasonsAndNumbersAreThoseOfTheLocalRunner(long seed) {
        var rows = new RandomRows(seed);
        Path one = rows.fileWithBadRows(folder, "one.jsonl", 60);
        Path two = rows.fileWithBadRows(folder, "two.jsonl", 25);
        Path filters = RandomRows.write(
                folder.resolve("filters.yaml"),
                "filters: [{type: length, min: 250}, {type: regex, pattern: 'word39\\d'}, {type: repeated-lines}]\n");
        Path local =
                Runners.requireSame(folder, "curate", one.toString(), two.toString(), "--filters", filters.toString());
        assertThat(Runners.text(local.resolve("rejected.jsonl"))).contains("bad-row", "length", "regex", "one.jsonl:");
    }

    @Test
    void theFirstBadRowEndsTheJobWithTheLocalMessage() {
        Path file = new RandomRows(4).fileWithBadRows(folder, "one.jsonl", 60);
        Runners.requireSame(folder, "curate", file.toString(), "--bad-rows", "0");
    }

    @Test
    void tooManyBadRowsEndTheJobEvenWhereGoodOnesFollow() {
        String bad = "{broken\n".repeat(1_200);
        String good = "{\"prompt\": \"a\", \"completion\": \"b\"}\n".repeat(30_000);
        Path file = RandomRows.write(folder.resolve("rows.jsonl"), bad + good);
        Runners.requireSame(folder, "curate", file.toString(), "--bad-rows", "0.05");
    }

    @Test
    void sourceWithoutRowsIsRefusedAsItIsLocally() {
        Path file = RandomRows.write(folder.resolve("empty.jsonl"), "\n\n");
        Runners.requireSame(folder, "curate", file.toString());
    }

    @Test
    void otherFormatsAreReadWhole() throws IOException {
        Path table = RandomRows.write(
                folder.resolve("table.csv"), "prompt,completion\n\"a, b\",c\n\"two\nlines\",d\nthree,e\n");
        Path list = RandomRows.write(
                folder.resolve("list.json"), "[{\"instruction\": \"a\", \"output\": \"b\"},\n{\"x\": 1}]");
        Path packed = folder.resolve("packed.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(new RandomRows(5).file(folder, "plain.jsonl", 30), out);
        }
        Runners.requireSame(folder, "curate", table.toString(), list.toString(), packed.toString());
    }

    @Test
    void missingFileIsRefusedBeforeSparkStarts() {
        var outcome = Runners.requireSame(
                folder, "curate", folder.resolve("none.jsonl").toString());
        assertThat(outcome).doesNotExist();
    }
}

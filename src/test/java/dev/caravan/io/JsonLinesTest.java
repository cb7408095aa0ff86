package dev.caravan.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    record Row(String id, int value, Optional<String> note) {
        Row {
            if (value < 0) throw new IllegalArgumentException("value must not be negative, got " + value);
        }
    }

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("pool.jsonl"), text);
    }

    private static List<Row> rows(Path file) {
        try (Stream<Row> rows = JsonLines.rows(file, Row.class)) {
            return rows.toList();
        }
    }

    private static Row row(String id, int value) {
        return new Row(id, value, Optional.empty());
    }

    @Test
    void rowsComeInOrderAndUnknownKeysAreIgnored() throws IOException {
        Path file = file(
                "\uFEFF{\"id\":\"a\",\"value\":1,\"more\":[]}\r\n\n{\"id\":\"b\u2028\",\"value\":2,\"note\":\"n\"}");
        assertThat(rows(file)).containsExactly(row("a", 1), new Row("b\u2028", 2, Optional.of("n")));
    }

    @Test
    void badLineIsNamedByFileAndLine() throws IOException {
        assertThatThrownBy(() -> rows(file("{\"id\":\"a\",\"value\":1}\n\n{\"id\":}\n{\"id\":\"c\",\"value\":1}\n")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("pool.jsonl:3: not valid JSON: ");
        assertThatThrownBy(() -> rows(file("{\"id\":\"a\",\"value\":-1}\n")))
                .hasMessageStartingWith("pool.jsonl:1: ")
                .hasMessageContaining("value must not be negative, got -1");
    }

    @Test
    void lineTornWithinACharacterIsNotFinished() throws IOException {
        byte[] whole = "{\"id\":\"a\",\"value\":1}\n{\"id\":\"é".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("torn.jsonl"), Arrays.copyOf(whole, whole.length - 1));
        assertThat(JsonLines.finishedRows(file, Row.class)).containsExactly(row("a", 1));
        assertThatThrownBy(() -> rows(file)).hasMessageContaining("the file ends in the middle of this line");
    }

    @Test
    void missingFieldIsNamed() throws IOException {
        assertThatThrownBy(() -> rows(file("{\"value\":1}\n")))
                .hasMessageStartingWith("pool.jsonl:1: ")
                .hasMessageContaining("'id'");
    }

    @Test
    void tornLastLineIsSaidToBeTorn() throws IOException {
        assertThatThrownBy(() -> rows(file("{\"id\":\"a\",\"value\":1}\n{\"id\":\"b\",\"va")))
                .hasMessage(
                        "pool.jsonl:2: the file ends in the middle of this line; fetch or make it again, or delete the line");
    }

    @Test
    void finishedRowsLeaveATornLastLineOut() throws IOException {
        Path file = file("{\"id\":\"a\",\"value\":1}\n{\"id\":\"b\",\"va");
        assertThat(JsonLines.finishedRows(file, Row.class)).containsExactly(row("a", 1));
        assertThat(JsonLines.finishedRows(folder.resolve("none"), Row.class)).isEmpty();
    }

    @Test
    void lineThatIsNotUtf8IsNamed() throws IOException {
        Path file = folder.resolve("pool.jsonl");
        Files.write(file, "{\"id\":\"a\",\"value\":1}\n\"\u00e9\"\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> rows(file)).hasMessage("pool.jsonl:2: the line is not UTF-8 text");
    }

    @Test
    void gzipIsReadAndWritten() throws IOException {
        Path file = folder.resolve("rows.jsonl.gz");
        List<Row> rows = List.of(row("a", 1), row("b", 2));
        assertThat(JsonLines.write(new Store(), file, rows.stream())).isEqualTo(2);
        assertThat(Files.readAllBytes(file)).startsWith(0x1f, 0x8b);
        assertThat(rows(file)).isEqualTo(rows);
    }

    @Test
    void truncatedGzipIsNamed() throws IOException {
        Path file = folder.resolve("rows.jsonl.gz");
        Stream<Row> many = Stream.iterate(1, i -> i + 1).limit(10_000).map(i -> row("r" + i * 7919L % 10_007, i));
        JsonLines.write(new Store(), file, many);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("rows.jsonl.gz:\\d+: the compressed file is cut off here; fetch or make it again");
    }

    @Test
    void missingFileAndFolderAreNamed() {
        assertThatThrownBy(() -> rows(folder.resolve("none.jsonl")))
                .hasMessage("cannot read " + folder.resolve("none.jsonl") + ": there is no such file or folder");
        assertThatThrownBy(() -> rows(folder))
                .hasMessage("cannot read " + folder + ": it is a folder; name a file in it");
    }
}

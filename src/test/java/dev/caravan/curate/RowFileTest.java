package dev.caravan.curate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.caravan.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileTest {
    private static final String ROWS = "{\"prompt\":\"Hi\"}\n\n{\"prompt\":\"Grüße\"}";

    @TempDir
    private Path folder;

    @Test
    void packedLinesAreUnpackedByTheirName() throws IOException {
        assertThat(contents(file("a.jsonl", ROWS))).containsExactly("{\"prompt\":\"Hi\"}", "{\"prompt\":\"Grüße\"}");
        assertThat(contents(bytes("a.jsonl.gz", gzip(ROWS)))).isEqualTo(contents(file("a.jsonl", ROWS)));
        assertThat(contents(bytes("a.jsonl.zst", zstd(ROWS)))).isEqualTo(contents(file("a.jsonl", ROWS)));
    }

    @Test
    void packedPartsBehindEachOtherAreOneFile() throws IOException {
        assertThat(contents(bytes("a.jsonl.gz", joined(gzip("{}\n"), gzip("{\"a\":1}\n")))))
                .containsExactly("{}", "{\"a\":1}");
        assertThat(contents(bytes("a.jsonl.zst", joined(zstd("{}\n"), zstd("{\"a\":1}\n")))))
                .containsExactly("{}", "{\"a\":1}");
    }

    @Test
    void packedFileThatIsCutOffIsSaidWithItsLine() throws IOException {
        String many =
                IntStream.range(0, 50_000).mapToObj(i -> "{\"i\":" + i + "}\n").collect(Collectors.joining());
        for (Path whole : List.of(bytes("a.jsonl.gz", gzip(many)), bytes("a.jsonl.zst", zstd(many)))) {
            byte[] all = Files.readAllBytes(whole);
            Files.write(whole, Arrays.copyOf(all, all.length / 2));
            assertThatThrownBy(() -> contents(whole))
                    .isInstanceOf(DataException.class)
                    .hasMessageMatching("(?s).*a\\.jsonl\\.(gz|zst):\\d+: the file cannot be read beyond this line .*");
        }
    }

    @Test
    void listOfObjectsIsReadWithTheLinesItsRowsBeginOn() throws IOException {
        Path file = file("a.json", "\uFEFF [\n  {\"a\": 1},\n  {\"a\":\n 2}, 3\n]\n");
        assertThat(rows(file))
                .containsExactly(file + ":2 {\"a\":1}", file + ":3 {\"a\":2}", file + ":4 a row must be a JSON object");
        assertThat(contents(file("b.json", ROWS))).hasSize(2);
    }

    @Test
    void objectMayHoldTheListOfRows() throws IOException {
        String tree = "{\"canary\": {\"data\": []}, \"examples\":\n[{\"a\": 1},\n{\"a\": 2}], \"rest\": [{}]}";
        Path file = file("a.json", tree);
        assertThat(rows(file)).containsExactly(file + ":2 {\"a\":1}", file + ":3 {\"a\":2}");
        assertThat(contents(file("b.json", "{\"data\": 1}\n{\"examples\": {}}")))
                .hasSize(2);
    }

    @Test
    void brokenListIsSaidWithTheLineOfTheMistake() throws IOException {
        Path file = file("a.json", "[\n{\"a\": 1},\n{\"a\" 2}]");
        assertThatThrownBy(() -> contents(file))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + ":3: not valid JSON");
    }

    @Test
    void flanLinesHaveTabsBetweenThemAndEscapedLineBreaks() throws IOException {
        Path file = file("a.tsv", "Which?\\n(A) \"x\"\t(A)\tBecause.\r\nWho?\tme\nalone\n");
        assertThat(rows(file))
                .containsExactly(
                        file
                                + ":1 {\"inputs\":\"Which?\\n(A) \\\"x\\\"\",\"targets\":\"(A)\",\"rationale\":\"Because.\"}",
                        file + ":2 {\"inputs\":\"Who?\",\"targets\":\"me\"}",
                        file
                                + ":3 a line must be input, target and perhaps a rationale with tabs between, got 1 parts");
    }

    @Test
    void tableOfTextKeepsQuotesBreaksAndNumbersAsWritten() throws IOException {
        Path file = file("a[1].csv", "prompt,completion\n\"one, \"\"two\"\"\nthree\",007\n#no comment,\n");
        assertThat(contents(file))
                .containsExactly(
                        "{\"prompt\":\"one, \\\"two\\\"\\nthree\",\"completion\":\"007\"}",
                        "{\"prompt\":\"#no comment\",\"completion\":null}");
    }

    @Test
    void linesThatDoNotFitTheTableComeLastByTheirLine() throws IOException {
        Path file = file("a.csv", "a,b\n1,2\nalone\n3,4\n5,6,7\n");
        assertThat(rows(file).map(row -> row.replace(file.toString(), "a.csv")))
                .containsExactly(
                        "a.csv: row 1 {\"a\":\"1\",\"b\":\"2\"}",
                        "a.csv: row 2 {\"a\":\"3\",\"b\":\"4\"}",
                        "a.csv:3 the line does not fit the table: Expected Number of Columns: 2 Found: 1",
                        "a.csv:5 the line does not fit the table: Expected Number of Columns: 2 Found: 3");
    }

    @Test
    void parquetGivesNestedRowsInTheirOrder() throws IOException, SQLException {
        Path file = folder.resolve("it's.parquet");
        parquet(
                file,
                "SELECT [{'role': 'user', 'content': 'q' || i}] AS messages, {'n': i} AS extra FROM range(5000) t(i)");
        List<String> contents = contents(file);
        assertThat(contents).hasSize(5000);
        assertThat(contents.get(4321))
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"q4321\"}],\"extra\":{\"n\":4321}}");
    }

    @Test
    void fileThatIsNoParquetIsSaid() throws IOException {
        Path file = file("a.parquet", "nothing");
        assertThatThrownBy(() -> contents(file))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("cannot read " + file + " after row 0: ");
    }

    @Test
    void folderGivesItsDataFilesByNameAndOfSplitsTheTrainingOnes() throws IOException {
        file("b.jsonl", "{}");
        file("a.csv", "a,b\n");
        file("README.md", "");
        file("dataset_infos.json", "{}");
        assertThat(RowFile.files(folder, "train"))
                .extracting(path -> String.valueOf(path.getFileName()))
                .containsExactly("a.csv", "b.jsonl");
        file("train-00001.jsonl.gz", "");
        assertThat(RowFile.files(folder, "train")).containsExactly(folder.resolve("train-00001.jsonl.gz"));
    }

    @Test
    void missingFileAndFolderWithoutDataAreSaid() {
        assertThatThrownBy(() -> RowFile.files(folder, "train"))
                .hasMessage(folder + " is a folder without data files; name a file");
        Path none = folder.resolve("none.parquet");
        assertThatThrownBy(() -> RowFile.files(none, "train")).hasMessage("there is no file " + none);
    }

    static void parquet(Path file, String query) throws SQLException {
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute("COPY (%s) TO '%s' (FORMAT parquet)"
                    .formatted(query, file.toString().replace("'", "''")));
        }
    }

    private static List<String> contents(Path file) {
        try (var rows = RowFile.rows(file)) {
            return rows.map(row -> ((JsonRow) row).content().toString()).toList();
        }
    }

    private static Stream<String> rows(Path file) {
        try (var rows = RowFile.rows(file)) {
            return rows.map(row -> row.where() + " " + said(row)).toList().stream();
        }
    }

    private static String said(FileRow row) {
        return switch (row) {
            case JsonRow sound -> sound.content().toString();
            case BadRow bad -> bad.problem();
        };
    }

    private Path file(String name, String text) throws IOException {
        return bytes(name, text.getBytes(UTF_8));
    }

    private Path bytes(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZstdOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}

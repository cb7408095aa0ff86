package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.io.Store;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CurationTest {
    private static final String GOOD = "{\"id\": \"g\", \"prompt\": \"Who?\", \"completion\": \"Me, and you too.\"}";
    private static final String EMPTY = "{\"prompt\": \"Who?\", \"completion\": \" \"}";
    private static final String CHECKED =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"1 + 2?\"}], \"ground_truth\": \"3\", \"dataset\": \"gsm8k\"}";
    private static final String PAIR = "{\"prompt\": \"Who?\", \"chosen\": \"Me.\", \"rejected\": \"You.\"}";
    private static final String BROKEN = "{\"prompt\"";

    @TempDir
    private Path folder;

    @Test
    void everyRowIsInDataOrInRejectedWithItsReason() throws IOException {
        Curation.Report report = curate(List.of(new EmptyTurnFilter()), GOOD, BROKEN, EMPTY, CHECKED);
        assertThat(report.in()).isEqualTo(4);
        assertThat(report.out()).isEqualTo(2);
        assertThat(report.rejected()).isEqualTo(Map.of("bad-row", 1L, "empty-turn", 1L));
        assertThat(lines("data.jsonl")).hasSize(2);
        List<JsonNode> rejected = lines("rejected.jsonl");
        assertThat(rejected).extracting(row -> row.get("filter").asString()).containsExactly("bad-row", "empty-turn");
        assertThat(rejected.getFirst().get("id").asString()).endsWith("rows.jsonl:2");
        assertThat(rejected.getFirst().get("reason").asString()).contains("rows.jsonl:2: not valid JSON");
        assertThat(rejected.getFirst().get("row").asString()).isEqualTo(BROKEN);
        assertThat(rejected.getLast().get("row").get("messages")).hasSize(2);
    }

    @Test
    void rowsAreWrittenInTheFormOfTheirKindAndReadBackAsTheSame() throws IOException {
        curate(List.of(), GOOD, CHECKED, PAIR);
        List<Example> before = read(folder.resolve("rows.jsonl"));
        assertThat(read(folder.resolve("out/data.jsonl")))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("where")
                .isEqualTo(before);
        assertThat(lines("data.jsonl").get(1).get("ground_truth").asString()).isEqualTo("3");
        assertThat(lines("data.jsonl")
                        .get(2)
                        .get("rejected")
                        .get(1)
                        .get("content")
                        .asString())
                .isEqualTo("You.");
    }

    @Test
    void reportHasTheNumbersOfEachSource() throws IOException {
        SourceStatistics source = curate(List.of(new EmptyTurnFilter()), GOOD, EMPTY, GOOD, CHECKED)
                .sources()
                .getFirst();
        assertThat(source.source()).isEqualTo("rows");
        assertThat(source.rows()).isEqualTo(4);
        assertThat(source.kept()).isEqualTo(3);
        assertThat(source.words().total()).isEqualTo(5 + 1 + 5 + 3);
        assertThat(source.turns().mean()).isEqualTo(7 / 4.0);
        assertThat(source.characters().max()).isEqualTo("Who?Me, and you too.".length());
        assertThat(Json.tree(Files.readString(folder.resolve("out/report.json")))
                        .get("sources"))
                .hasSize(1);
    }

    @Test
    void malformedRowsBeyondTheirShareStopAndWriteNothing() throws IOException {
        Files.write(folder.resolve("rows.jsonl"), List.of(GOOD, BROKEN));
        FileSource source = FileSource.of("rows", folder.resolve("rows.jsonl").toString());
        assertThatThrownBy(() -> new Curation(List.of(source), List.of()).write(new Store(), folder.resolve("out")))
                .isInstanceOf(DataException.class);
        assertThat(folder.resolve("out/data.jsonl")).doesNotExist();
        assertThat(folder.resolve("out/report.json")).doesNotExist();
    }

    @Property(tries = 200)
    void percentileIsTheSmallestNumberThatSoManyDoNotExceed(@ForAll List<Integer> numbers) {
        Distribution found = Distribution.of(new IntArrayList(numbers));
        if (numbers.isEmpty()) {
            assertThat(found.total()).isZero();
            return;
        }
        for (var percentile : Map.of(25, found.p25(), 50, found.p50(), 95, found.p95(), 99, found.p99())
                .entrySet()) {
            int due = percentile.getKey();
            int value = percentile.getValue();
            assertThat(atMost(numbers, value) * 100L).isGreaterThanOrEqualTo((long) due * numbers.size());
            assertThat(numbers.stream().filter(n -> n < value).count() * 100L).isLessThan((long) due * numbers.size());
        }
    }

    @Test
    void percentilesOfOneToAHundredAreTheNumbersThemselves() {
        Distribution found =
                Distribution.of(new IntArrayList(IntStream.rangeClosed(1, 100).toArray()));
        assertThat(found).isEqualTo(new Distribution(5050, 50.5, 1, 25, 50, 75, 95, 99, 100));
    }

    private static long atMost(List<Integer> numbers, int value) {
        return numbers.stream().filter(n -> n <= value).count();
    }

    private Curation.Report curate(List<Filter> filters, String... rows) throws IOException {
        Path file = Files.write(folder.resolve("rows.jsonl"), List.of(rows));
        FileSource source = FileSource.of("rows", file.toString()).with(new RejectBadRows(1));
        return new Curation(List.of(source), filters).write(new Store(), folder.resolve("out"));
    }

    private static List<Example> read(Path file) {
        try (var rows = new SourceReader().read(FileSource.of("rows", file.toString()))) {
            return rows.toList();
        }
    }

    private List<JsonNode> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve("out").resolve(name)).stream()
                .map(Json::tree)
                .toList();
    }
}

package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportRowsTest {
    @TempDir
    Path folder;

    @Test
    void theFirstAndTheLastRowAreAmongThoseShown() throws IOException {
        ReportRows rows = ReportRows.rows(file(0, 101), 5, 1_000_000);
        assertThat(numbers(rows)).containsExactly(0, 25, 50, 75, 100);
        assertThat(rows.shown()).isEqualTo("showing 5 of 101");
    }

    @Test
    void aSmallFileIsShownWhole() throws IOException {
        ReportRows rows = ReportRows.rows(file(0, 3), 5, 1_000_000);
        assertThat(numbers(rows)).containsExactly(0, 1, 2);
        assertThat(rows.shown()).isEqualTo("3");
    }

    @Test
    void atLeastOneRowIsShownHoweverSmallTheBudget() throws IOException {
        assertThat(numbers(ReportRows.rows(file(0, 100), 50, 1))).containsExactly(0);
    }

    @Test
    void rowsThatBelongTogetherStayTogether() throws IOException {
        ReportRows rows = ReportRows.groups(file(0, 12), row -> row.path("n").intValue() / 4, 2, 1_000_000);
        assertThat(rows.total()).isEqualTo(3);
        assertThat(numbers(rows)).containsExactly(0, 1, 2, 3, 8, 9, 10, 11);
    }

    @Test
    void linesThatAreNotJsonAreCounted() throws IOException {
        Path file = file(0, 2);
        Files.writeString(file, Files.readString(file) + "\n\n[1]\n{\"n\":");
        ReportRows rows = ReportRows.rows(file, 5, 1_000_000);
        assertThat(rows.unreadable()).isEqualTo(2);
        assertThat(rows.shown()).isEqualTo("2, 2 unreadable");
    }

    private Path file(int from, int to) throws IOException {
        String rows =
                IntStream.range(from, to).mapToObj(n -> "{\"n\":" + n + "}").collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve("rows.jsonl"), rows);
    }

    private static List<Integer> numbers(ReportRows rows) {
        return rows.flat().stream().map(row -> row.path("n").intValue()).toList();
    }
}

package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurateCommandTest {
    private static final String GOOD = "{\"prompt\": \"Who?\", \"completion\": \"Me.\"}";
    private static final String EMPTY = "{\"prompt\": \"Who?\", \"completion\": \" \"}";

    @TempDir
    private Path folder;

    private Path rows;
    private Path out;

    @BeforeEach
    void aFileOfRows() throws IOException {
        rows = Files.write(folder.resolve("rows.jsonl"), List.of(GOOD, EMPTY));
        out = folder.resolve("new/out");
    }

    @Test
    void namedFiltersRejectAndTheRestIsKept() {
        assertThat(curate("--filters", "empty-turn, role-order")).isZero();
        assertThat(out.resolve("data.jsonl")).content().contains("Me.").hasLineCount(1);
        assertThat(out.resolve("rejected.jsonl")).content().contains("\"filter\":\"empty-turn\"");
        assertThat(out.resolve("report.json"))
                .content()
                .startsWith("{\"in\":2,\"out\":1,\"rejected\":{\"empty-turn\":1}");
    }

    @Test
    void filtersWithSettingsComeFromAFile() throws IOException {
        Path filters = Files.writeString(folder.resolve("filters.yaml"), "filters: [{type: length, min: 6}]\n");
        assertThat(curate("--filters", filters.toString())).isZero();
        assertThat(out.resolve("rejected.jsonl")).content().contains("5 characters are not 6 to 100000");
    }

    @Test
    void malformedRowIsRejectedAndTheStatusSaysSo() throws IOException {
        Files.write(rows, List.of(GOOD, "{"));
        assertThat(curate()).isEqualTo(3);
        assertThat(out.resolve("rejected.jsonl"))
                .content()
                .contains("rows.jsonl:2: not valid JSON: Unexpected end-of-input")
                .doesNotContain("Source:");
        assertThat(curate("--bad-rows", "0.1")).isEqualTo(3);
    }

    @Test
    void mistakesOfTheCallAreUsageErrors() {
        assertThat(curate("--filters", "no-such-filter")).isEqualTo(2);
        assertThat(curate("--bad-rows", "2")).isEqualTo(2);
        assertThat(Main.run("curate", rows.toString())).isEqualTo(2);
        assertThat(Main.run("curate", folder.resolve("none").toString(), "--out", out.toString()))
                .isEqualTo(2);
    }

    private int curate(String... options) {
        var call = new ArrayList<>(List.of("curate", rows.toString(), "--out", out.toString()));
        call.addAll(List.of(options));
        return Main.run(call.toArray(String[]::new));
    }
}

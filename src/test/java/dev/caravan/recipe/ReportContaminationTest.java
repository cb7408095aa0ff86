package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportContaminationTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"0.01, true, 1", "0.02, false, 2", "0.1, false, 10"})
    void cellsAboveTheLimitOfTheRunAreFramed(String limit, boolean framed, String percent) throws IOException {
        Files.writeString(folder.resolve("report.json"), "{\"rule\": {\"dataset_match\": " + limit + "}}");
        assertThat(html().contains("over")).isEqualTo(framed);
        assertThat(html()).contains("more than " + percent + " % of the evaluation");
    }

    @Test
    void limitIsThatOfThePaperWhereTheRunNamesNone() throws IOException {
        assertThat(html()).contains("more than 2 % of the evaluation");
    }

    @Test
    void namesThatAreCutOffCanBeReadWhole() throws IOException {
        assertThat(html()).contains("title=\"a-source-of-a-very-long-name\"");
    }

    private String html() throws IOException {
        Files.writeString(
                folder.resolve("contamination.tsv"),
                "train\teval\titems\tmatched\tshare\na-source-of-a-very-long-name\tgsm8k\t100\t2\t0.0200\n");
        var stage = new ReportRun.Stage(1, "clean", folder, Json.mapper().createObjectNode());
        var html = new ReportHtml();
        ReportContamination.of(stage).orElseThrow().write(html);
        return html.toString();
    }
}

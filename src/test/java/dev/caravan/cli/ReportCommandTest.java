package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    Path run;

    @BeforeEach
    void aRunThatMeasuredOnce() throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), "{\"stage\":\"sft\",\"step\":1,\"loss\":2.5}\n");
    }

    @Test
    void theReportLiesInTheRunFolder() {
        assertThat(Main.run("report", run.toString())).isZero();
        assertThat(run.resolve("report.html"))
                .content()
                .startsWith("<!doctype html>")
                .contains("loss");
    }

    @Test
    void theReportLiesWhereItWasAskedFor() {
        Path out = run.resolve("page.html");
        assertThat(Main.run("report", run.toString(), run.toString(), "--out", out.toString()))
                .isZero();
        assertThat(out).isNotEmptyFile();
    }

    @Test
    void aFolderThatIsNoRunIsAUsageError() {
        assertThat(Main.run("report", run.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(Main.run("report")).isEqualTo(2);
    }
}

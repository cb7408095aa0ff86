package dev.caravan.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    @TempDir
    private Path folder;

    @Test
    void helpNamesEveryCommandAndItsOptions() {
        Runners.session();
        for (Object command :
                List.of(new CurateCommand(), new DedupCommand(), new DecontaminateCommand(), new MixCommand())) {
            assertThat(new CommandLine(command).getUsageMessage()).contains("--out", "--master", "--partitions");
        }
    }

    @Test
    void unknownOptionIsAUsageErrorWithoutATrace() {
        var outcome = Runners.spark(2, List.of("dedup", "a.jsonl", "--out", folder.toString(), "--neer", "1"));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.said()).contains("--neer").doesNotContain("at dev.caravan");
    }

    @Test
    void partitionsBelowOneAreRefused() {
        Path file = new RandomRows(51).file(folder, "a.jsonl", 5);
        var outcome = Runners.spark(
                0,
                List.of("dedup", file.toString(), "--out", folder.resolve("out").toString()));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.said()).contains("--partitions must be at least 1");
    }

    @Test
    void clusterWithoutSparkSubmitIsRefusedBeforeAnythingStarts() {
        Path file = new RandomRows(53).file(folder, "b.jsonl", 5);
        String out = folder.resolve("out").toString();
        var outcome =
                Runners.spark(2, List.of("dedup", file.toString(), "--out", out, "--master", "spark://nowhere:7077"));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.said()).contains("set SPARK_HOME");
    }

    /// What one command writes is what the next reads: the whole way, by either runner.
    @Test
    void chainOfCommandsGivesTheRowsOfTheLocalChain() {
        var rows = new RandomRows(52);
        Path file = rows.file(folder, "rows.jsonl", 80);
        Path tests = RandomRows.write(folder.resolve("tests.jsonl"), "{\"question\": \"word1 word2 word3\"}\n");
        Path curated = Runners.requireSame(folder.resolve("1"), "curate", file.toString());
        Path distinct = Runners.requireSame(
                folder.resolve("2"), "dedup", curated.resolve("data.jsonl").toString(), "--near", "0.7");
        Path clean = Runners.requireSame(
                folder.resolve("3"),
                "decontaminate",
                "--train",
                distinct.resolve("data.jsonl").toString(),
                "--against",
                tests.toString());
        Path mix = RandomRows.write(
                folder.resolve("mix.yaml"), "sources: [{name: m, data: %s}]\n".formatted(clean.resolve("clean.jsonl")));
        Path mixed = Runners.requireSame(folder.resolve("4"), "mix", mix.toString());
        assertThat(Runners.text(mixed.resolve("data.jsonl")).lines()).hasSizeGreaterThan(20);
    }
}

package dev.caravan.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.io.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeduplicationLawTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"first", "longest", "best-source"})
    void exactDuplicatesAreThoseOfTheLocalRunner(String keep) {
        Path local = requireSame(11, "--keep", keep);
        assertThat(Runners.text(local.resolve("clusters.jsonl"))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"13, longest, 0.6", "14, best-source, 0.6", "15, first, 0.8", "16, longest, 0.3"})
    void nearDuplicatesAreThoseOfTheLocalRunner(long seed, String keep, double near) {
        Path local = requireSame(seed, "--keep", keep, "--near", Double.toString(near));
        assertThat(Runners.text(local.resolve("rejected.jsonl"))).contains("near-duplicate");
    }

    private Path requireSame(long seed, String... options) {
        var rows = new RandomRows(seed);
        var command = new ArrayList<>(List.of("dedup"));
        command.add(rows.file(folder, "b.jsonl", 50).toString());
        command.add(rows.file(folder, "a.jsonl", 30).toString());
        command.addAll(List.of(options));
        return Runners.requireSame(folder, command.toArray(String[]::new));
    }

    /// Every row is like the next and unlike all others, so that the cluster is one only by way of all of them.
    @Test
    void clusterReachesAlongAChainWhereverItIsCut() {
        List<String> words =
                new Random(17).ints(90, 0, 10_000).mapToObj(i -> "w" + i).toList();
        String chain = IntStream.range(0, 40)
                .mapToObj(from -> line(String.join(" ", words.subList(from, from + 50))))
                .collect(Collectors.joining());
        Path file = RandomRows.write(folder.resolve("chain.jsonl"), chain);
        Path local = Runners.requireSame(folder, "dedup", file.toString(), "--near", "0.9");
        assertThat(Runners.text(local.resolve("clusters.jsonl")).lines()).hasSize(1);
        assertThat(Runners.text(local.resolve("data.jsonl")).lines()).hasSize(1);
    }

    @Test
    void rowsWithoutAnyDuplicateAllStay() {
        String rows = IntStream.range(0, 20).mapToObj(i -> line("row " + i)).collect(Collectors.joining());
        Path file = RandomRows.write(folder.resolve("rows.jsonl"), rows);
        Path local = Runners.requireSame(folder, "dedup", file.toString(), "--near", "0.8");
        assertThat(Runners.text(local.resolve("data.jsonl")).lines()).hasSize(20);
    }

    @Test
    void badRowEndsTheJobWithTheLocalMessage() {
        Path file = new RandomRows(18).fileWithBadRows(folder, "bad.jsonl", 40);
        Runners.requireSame(folder, "dedup", file.toString());
    }

    private static String line(String text) {
        return Json.write(
                        Map.of("messages", List.of(RandomRows.turn("user", text), RandomRows.turn("assistant", "yes"))))
                + "\n";
    }
}

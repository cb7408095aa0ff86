package dev.caravan.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.io.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixLawTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed: 7\nsources: [{name: a, data: A}, {name: b, data: B}]",
                "sample: 0.4\nsources: [{name: a, data: A, skill: maths}, {name: b, data: B, weight: {type: fraction, of: 2.5}}]",
                "sources: [{name: a, data: A, weight: {type: count, rows: 170}, repeat: true}, {name: b, data: B, weight: {type: count, rows: 11}}]",
                "total: 40\nsources: [{name: a, data: A, weight: {type: share, of: 0.7}}, {name: b, data: B, weight: {type: share, of: 0.3}}]",
                "sources: [{name: a, data: A, rows_of: [inner1], weight: {type: fraction, of: 1.5}}, {name: b, data: B, weight: {type: count, rows: 20}}]"
            })
    void rowsIdsAndOrderAreThoseOfTheLocalRunner(String mix) {
        var rows = new RandomRows(31);
        Path a = rows.file(folder, "a.jsonl", 60);
        Path b = rows.file(folder, "b.jsonl", 25);
        Path file = RandomRows.write(
                folder.resolve("mix.yaml"),
                mix.replace("data: A", "data: " + a).replace("data: B", "data: " + b) + "\n");
        Path local = Runners.requireSame(folder, "mix", file.toString());
        assertThat(Runners.text(local.resolve("data.jsonl")).lines()).hasSizeGreaterThan(10);
        Runners.requireSame(folder.resolve("again"), "mix", file.toString(), "--seed", "99", "--rows", "prompts");
    }

    @Test
    void preferencePairsAreMixedAlike() {
        String pairs = IntStream.range(0, 30)
                .mapToObj(i -> Json.write(Map.of("prompt", "p" + i, "chosen", "good", "rejected", "bad " + i)) + "\n")
                .collect(Collectors.joining());
        Path data = RandomRows.write(folder.resolve("pairs.jsonl"), pairs);
        Path mix = RandomRows.write(
                folder.resolve("mix.yaml"),
                "sources: [{name: p, data: %s, weight: {type: fraction, of: 0.5}}]\n".formatted(data));
        Path local = Runners.requireSame(folder, "mix", mix.toString(), "--rows", "pairs");
        assertThat(Runners.text(local.resolve("data.jsonl")).lines()).hasSize(15);
    }

    @Test
    void tooFewRowsAreRefusedWithTheLocalMessage() {
        Path data = new RandomRows(32).file(folder, "a.jsonl", 10);
        Path mix = RandomRows.write(
                folder.resolve("mix.yaml"),
                "sources: [{name: a, data: %s, weight: {type: count, rows: 11}}]\n".formatted(data));
        Runners.requireSame(folder, "mix", mix.toString());
    }

    @Test
    void wrongMixIsRefusedBeforeSparkStarts() {
        Path mix = RandomRows.write(folder.resolve("mix.yaml"), "sources: [{nam: a}]\n");
        var outcome = Runners.spark(2, List.of("mix", mix.toString(), "--out", folder.toString()));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.said()).contains("nam").doesNotContain("at dev.caravan");
    }
}

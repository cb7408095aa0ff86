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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Forty test items of two tasks, of which some stand, changed a little, in every seventh training row.
class DecontaminationLawTest {
    @TempDir
    private Path folder;

    private Path dirty;
    private Path clean;
    private Path maths;
    private Path facts;

    @BeforeEach
    void plant() {
        var random = new Random(21);
        List<String> items = IntStream.range(0, 40)
                .mapToObj(_ -> text(random, 6 + random.nextInt(20)))
                .toList();
        maths = items("maths.jsonl", items.subList(0, 20));
        facts = items("facts.jsonl", items.subList(20, 40));
        dirty = rows(
                "dirty.jsonl",
                IntStream.range(0, 70)
                        .mapToObj(i -> i % 7 == 0 ? planted(random, items) : text(random, 40))
                        .toList());
        clean = rows(
                "clean-one.jsonl",
                IntStream.range(0, 30).mapToObj(_ -> text(random, 40)).toList());
    }

    private static String planted(Random random, List<String> items) {
        String item = items.get(random.nextInt(items.size()));
        return switch (random.nextInt(3)) {
            case 0 -> item.toUpperCase();
            case 1 -> text(random, 9) + " " + item.replace(" ", ",  ") + "!";
            default -> item;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--policy remove",
                "--policy drop",
                "--policy report",
                "--policy drop,clean-one=report --turns all",
                "--unseen facts --dataset-match 0.01",
                "--method exact",
                "--compat tulu3",
                "--n 5 --token-match 0.3 --no-recheck"
            })
    void whatIsRemovedAndWhyIsThatOfTheLocalRunner(String options) {
        Path local = requireSame(options);
        String removed = Runners.text(local.resolve("removed.jsonl"));
        if (options.contains("report") && !options.contains("drop")) {
            assertThat(removed).isEmpty();
        } else {
            assertThat(removed.lines().count()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void plantedItemsAreFoundAndNothingElseLeaves() {
        String removed = Runners.text(requireSame("--policy remove").resolve("removed.jsonl"));
        assertThat(removed.lines()).hasSize(10); // every seventh of seventy
        assertThat(removed).doesNotContain("\"source\":\"clean-one\"");
    }

    private Path requireSame(String options) {
        var command = new ArrayList<>(List.of("decontaminate", "--train", dirty.toString(), clean.toString()));
        command.addAll(List.of("--against", maths.toString(), facts.toString()));
        command.addAll(List.of(options.split(" ")));
        return Runners.requireSame(folder, command.toArray(String[]::new));
    }

    private static String text(Random random, int words) {
        return random.ints(words, 0, 100_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    private Path items(String name, List<String> questions) {
        return RandomRows.write(
                folder.resolve(name),
                questions.stream()
                        .map(text -> Json.write(Map.of("question", text)) + "\n")
                        .collect(Collectors.joining()));
    }

    private Path rows(String name, List<String> prompts) {
        return RandomRows.write(
                folder.resolve(name),
                prompts.stream()
                        .map(text -> Json.write(Map.of(
                                        "messages",
                                        List.of(RandomRows.turn("user", text), RandomRows.turn("assistant", "yes"))))
                                + "\n")
                        .collect(Collectors.joining()));
    }
}

package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.io.Interrupt;
import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stage in which a model of this machine answers, stopped on the way.
class KeptAnswersTest {
    private static final int PORTION = 8 * 2; // batches of two
    private static final String RECIPE = """
            name: kept
            precision: float32
            threads: 1
            stages:
              - {type: curate, out: words, sources: [{type: chat, chats: 20}]}
              - {type: curate, out: pool, data: '%1$s/sums.jsonl'}
              - {type: create, out: base, data: words, vocabulary: 300, layers: 1, hidden: 16, intermediate: 32, heads: 1, key_value_heads: 1, context: 128}
              - type: preferences
                out: pairs
                model: base
                data: pool
                samples: 2
                max_tokens: 6
                batch: 2
                pool: [{name: book, answers: '%1$s/book.jsonl'}]
            """;

    @TempDir
    private Path folder;

    @Test
    void stoppedStageGoesOnBehindItsLastPortionAndEndsWithTheSameBytes() throws IOException {
        write("sums.jsonl", "{\"id\":\"q%1$d\",\"messages\":[%2$s],\"ground_truth\":\"%3$d\",\"dataset\":\"gsm8k\"}");
        write(
                "book.jsonl",
                "{\"id\":\"b%1$d\",\"source\":\"book\",\"messages\":[%2$s,{\"role\":\"assistant\",\"content\":\"It is %3$d\"}]}");
        var wholly = new AtomicInteger();
        assertThat(run("whole", () -> wholly.incrementAndGet() < 0, Optional.empty()))
                .isEqualTo(RunOutcome.Status.DONE);
        assertThat(run("stopped", Interrupt.NEVER, Optional.of("base"))).isEqualTo(RunOutcome.Status.DONE);
        var asked = new AtomicInteger(); // once a stage, once a portion, and after every answer that is written
        assertThat(run("stopped", () -> asked.incrementAndGet() > PORTION + 10, Optional.empty()))
                .isEqualTo(RunOutcome.Status.INTERRUPTED);
        assertThat(portionsKept()).isEqualTo(1);
        asked.set(0);
        assertThat(run("stopped", () -> asked.incrementAndGet() < 0, Optional.empty()))
                .isEqualTo(RunOutcome.Status.DONE);
        assertThat(asked.get()).isLessThanOrEqualTo(wholly.get() - (PORTION - 1));
        Path pairs = Path.of("04-pairs", "pairs.jsonl");
        assertThat(folder.resolve("stopped").resolve(pairs))
                .hasSameBinaryContentAs(folder.resolve("whole").resolve(pairs));
    }

    @Test
    void stoppedEvaluationGoesOnBehindItsLastPortionAndEndsWithTheSameBytes() throws IOException {
        String recipe = RECIPE.substring(0, RECIPE.indexOf("  - type: preferences"))
                        .replace("  - {type: curate, out: pool, data: '%1$s/sums.jsonl'}\n", "")
                        .replace("context: 128", "context: 1024")
                + "  - {type: evaluate, out: eval, models: [base], tasks: [arithmetic], limit: 40, max_tokens: 4, batch: 2}\n";
        var wholly = new AtomicInteger();
        assertThat(run(recipe, "whole", () -> wholly.incrementAndGet() < 0, Optional.empty()))
                .isEqualTo(RunOutcome.Status.DONE);
        assertThat(run(recipe, "stopped", Interrupt.NEVER, Optional.of("base"))).isEqualTo(RunOutcome.Status.DONE);
        var asked = new AtomicInteger();
        assertThat(run(recipe, "stopped", () -> asked.incrementAndGet() > PORTION + 10, Optional.empty()))
                .isEqualTo(RunOutcome.Status.INTERRUPTED);
        asked.set(0);
        assertThat(run(recipe, "stopped", () -> asked.incrementAndGet() < 0, Optional.empty()))
                .isEqualTo(RunOutcome.Status.DONE);
        assertThat(asked.get()).isLessThanOrEqualTo(wholly.get() - (PORTION - 1));
        for (String file : List.of("base.arithmetic.jsonl", "scores.json")) {
            Path results = Path.of("03-eval", file);
            assertThat(folder.resolve("stopped").resolve(results))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(results));
        }
    }

    private RunOutcome.Status run(String name, Interrupt interrupt, Optional<String> until) {
        return run(RECIPE, name, interrupt, until);
    }

    private RunOutcome.Status run(String yaml, String name, Interrupt interrupt, Optional<String> until) {
        Recipe recipe = Recipe.parse("kept.yaml", yaml.formatted(folder), List.of(), ToyRun.EMPTY_HUB)
                .get();
        RunOutcome outcome = Pipeline.run(
                recipe,
                folder.resolve(name),
                new Pipeline.Scope(false, until),
                ToyRun.surroundings(new Store(), interrupt));
        outcome.failure().ifPresent(failure -> {
            throw failure;
        });
        return outcome.status();
    }

    private long portionsKept() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("stopped"))) {
            Path kept = files.filter(file -> file.endsWith("answers-model.jsonl"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(kept).size();
        }
    }

    private void write(String file, String row) throws IOException {
        Files.write(
                folder.resolve(file),
                IntStream.range(0, 24)
                        .mapToObj(i -> row.formatted(
                                i, "{\"role\":\"user\",\"content\":\"What is %d + 1?\"}".formatted(i), i + 1))
                        .toList());
    }
}

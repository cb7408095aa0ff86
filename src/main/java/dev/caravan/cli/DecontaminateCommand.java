package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.Decontaminator;
import dev.caravan.curate.Overlap;
import dev.caravan.io.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `caravan decontaminate`: what training files repeat of test items; with `--pairs`, how much of a test text a
/// training text repeats.
@Command(
        name = "decontaminate",
        mixinStandardHelpOptions = true,
        description = "Find training rows that repeat test items, and take them out.")
final class DecontaminateCommand implements Callable<Integer> {
    @Mixin
    private final RowTool rows = new RowTool();

    @Mixin
    private final DecontaminationOptions files = new DecontaminationOptions();

    @Option(
            names = "--pairs",
            description =
                    "compare pairs: {\"train\", \"test\"} to {\"shares_ngram\", \"covered\", \"tokens\", \"coverage\"}")
    private boolean pairs;

    @Option(names = "--n", paramLabel = "N", description = "words of an n-gram (default: ${DEFAULT-VALUE})")
    private int n = 8;

    @Override
    public Integer call() throws IOException {
        if (n < 1) throw new RecipeException("--n must be at least 1, got " + n);
        if (!pairs) return files.run(n);
        return rows.each(
                row -> answer(Decontaminator.overlap(n, RowFields.text(row, "train"), RowFields.text(row, "test"))));
    }

    private static ObjectNode answer(Overlap overlap) {
        return Json.mapper()
                .createObjectNode()
                .put("shares_ngram", overlap.covered() > 0)
                .put("covered", overlap.covered())
                .put("tokens", overlap.words())
                .put("coverage", overlap.coverage());
    }
}

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

/// `caravan decontaminate --pairs`: how much of a test text a training text repeats.
@Command(
        name = "decontaminate",
        mixinStandardHelpOptions = true,
        description = "Find training texts that repeat test texts, by shared n-grams.")
final class DecontaminateCommand implements Callable<Integer> {
    @Mixin
    private final RowTool rows = new RowTool();

    @Option(
            names = "--pairs",
            description =
                    "compare pairs: {\"train\", \"test\"} to {\"shares_ngram\", \"covered\", \"tokens\", \"coverage\"}")
    @SuppressWarnings("unused") // required, so that its presence is all it says
    private boolean pairs;

    @Option(names = "--n", paramLabel = "N", description = "words of an n-gram (default: ${DEFAULT-VALUE})")
    private int n = 8;

    @Override
    public Integer call() throws IOException {
        if (!pairs) {
            throw new RecipeException("decontaminate compares pairs of texts: call it with --pairs");
        }
        if (n < 1) {
            throw new RecipeException("--n must be at least 1, got " + n);
        }
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

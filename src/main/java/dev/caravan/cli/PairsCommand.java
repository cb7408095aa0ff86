package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.data.Prompt;
import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import dev.caravan.judge.PairSelection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `caravan pairs`: a better and a worse one of rated answers.
@Command(
        name = "pairs",
        mixinStandardHelpOptions = true,
        description = "Make preference pairs: {\"prompt\" or \"messages\", \"completions\", \"means\" or \"scores\"} to"
                + " {\"prompt\", \"chosen\", \"rejected\", \"because\"}, or to {\"none\": reason}.")
final class PairsCommand implements Callable<Integer> {
    @Mixin
    private final RowTool rows = new RowTool();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Override
    public Integer call() throws IOException {
        return rows.each(this::pair);
    }

    private ObjectNode pair(ObjectNode row) {
        List<String> texts = CompletionRows.texts(row);
        List<OptionalDouble> means = means(row, texts.size());
        String id = row.path("id").asString(Sha256.of(row.toString()).substring(0, 16));
        var prompt = new Prompt(id, row.path("source").asString("rows"), CompletionRows.prompt(row), Optional.empty());
        return switch (PairSelection.of(prompt, texts, means, seed.seed())) {
            case PairSelection.Selected(var pair) -> Json.mapper().valueToTree(pair);
            case PairSelection.None(var reason) ->
                Json.mapper().createObjectNode().put("none", reason);
        };
    }

    private static List<OptionalDouble> means(ObjectNode row, int texts) {
        JsonNode list = row.has("means") ? row.path("means") : row.path("scores");
        if (!list.isArray() || list.size() != texts) {
            throw new DataException("means (or scores) must be a list with a number or null for each completion");
        }
        return list.valueStream().map(PairsCommand::mean).toList();
    }

    private static OptionalDouble mean(JsonNode number) {
        if (number.isNull()) return OptionalDouble.empty();
        if (number.isNumber()) return OptionalDouble.of(number.asDouble());
        throw new DataException("means must be numbers or null, got " + number);
    }
}

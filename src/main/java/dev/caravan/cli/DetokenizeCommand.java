package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `caravan detokenize`: token ids to texts.
@Command(name = "detokenize", mixinStandardHelpOptions = true, description = "Turn {\"ids\"} into {\"text\"}.")
final class DetokenizeCommand implements Callable<Integer> {
    @Mixin
    private final RowTool rows = new RowTool();

    @Mixin
    private final TokenModel model = new TokenModel();

    @Override
    public Integer call() throws IOException {
        return rows.each(row ->
                Json.mapper().createObjectNode().put("text", model.tokenizer().decode(ids(row))));
    }

    private static int[] ids(ObjectNode row) {
        JsonNode ids = row.path("ids");
        if (!ids.isArray()) throw new DataException("ids must be a list of token ids");
        return ids.valueStream().mapToInt(DetokenizeCommand::id).toArray();
    }

    private static int id(JsonNode node) {
        if (node.isInt()) return node.asInt();
        throw new DataException("ids must be token ids, got " + node);
    }
}

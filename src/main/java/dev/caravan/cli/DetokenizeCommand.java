package dev.caravan.cli;

import dev.caravan.io.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
                Json.mapper().createObjectNode().put("text", model.tokenizer().decode(RowFields.ids(row, "ids"))));
    }
}

package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.model.ModelConfig;
import dev.caravan.model.Scorer;
import dev.caravan.model.ValueModel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

/// `caravan reward`: what a reward model gives for conversations.
@Command(
        name = "reward",
        mixinStandardHelpOptions = true,
        description = "Turn {\"messages\"} or {\"ids\"} into {\"reward\"}, the reward model's score at the last token.")
final class RewardCommand implements Callable<Integer> {
    @Mixin
    private final RowTool rows = new RowTool();

    @Mixin
    private final TokenModel tokens = new TokenModel();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Override
    public Integer call() throws IOException {
        try (var model = ValueModel.open(tokens.path(), engine.start())) {
            var scorer = new Scorer(1);
            return rows.each(row -> {
                float[] reward = scorer.lastValues(model, List.of(ids(row, model.config())));
                return Json.mapper().createObjectNode().put("reward", reward[0]);
            });
        }
    }

    private int[] ids(ObjectNode row, ModelConfig config) {
        int[] ids = row.has("messages")
                ? tokens.contract().conversation(MessageRows.messages(row)).ids()
                : RowFields.ids(row, row.has("prompt_ids") ? "prompt_ids" : "ids", config.vocabularySize());
        if (ids.length == 0 || ids.length > config.maxPositions()) {
            throw new DataException("a conversation must have 1 to %d tokens, the model's context; this one has %d"
                    .formatted(config.maxPositions(), ids.length));
        }
        return ids;
    }
}

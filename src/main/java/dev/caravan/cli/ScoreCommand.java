package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelTokens;
import dev.caravan.model.Scorer;
import dev.caravan.model.Sequence;
import dev.caravan.text.Continuation;
import dev.caravan.text.TokenContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

/// `caravan score`: how likely a model finds given continuations.
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Turn {\"prompt\", \"continuation\"} or {\"prompt_ids\", \"continuation_ids\"} into"
                + " {\"logprob\", \"tokens\", \"token_logprobs\"}.")
final class ScoreCommand implements Callable<Integer> {
    private static final int ROWS_AT_ONCE = 128;
    private static final int TOKENS_AT_ONCE = 4096;

    @Mixin
    private final RowTool rows = new RowTool();

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    private @Nullable TokenContract contract;

    @Override
    public Integer call() throws IOException {
        Path path = model.path();
        try (var lm = CausalLm.open(path, engine.start())) {
            return rows.batches(ROWS_AT_ONCE, row -> continuation(row, path, lm), batch -> scores(lm, batch));
        }
    }

    private Continuation continuation(ObjectNode row, Path path, CausalLm lm) {
        Continuation read = row.has("prompt_ids")
                ? new Continuation(ids(row, "prompt_ids", lm), ids(row, "continuation_ids", lm))
                : Continuation.of(contract(path), RowFields.text(row, "prompt"), RowFields.text(row, "continuation"));
        if (read.promptIds().length == 0) throw new DataException("the prompt has no tokens; give at least one");
        if (read.continuationIds().length == 0) throw new DataException("the continuation has no tokens to score");
        int length = read.promptIds().length + read.continuationIds().length;
        if (length > lm.config().maxPositions()) {
            throw new DataException("prompt and continuation have %d tokens, more than the model's context of %d"
                    .formatted(length, lm.config().maxPositions()));
        }
        return read;
    }

    private static int[] ids(ObjectNode row, String key, CausalLm lm) {
        return RowFields.ids(row, key, lm.config().vocabularySize());
    }

    private TokenContract contract(Path path) {
        if (contract == null) contract = ModelTokens.contract(path, Optional.empty());
        return contract;
    }

    private static List<ObjectNode> scores(CausalLm lm, List<Continuation> batch) {
        return new Scorer(TOKENS_AT_ONCE)
                .logProbs(lm, groups(batch), 1).stream()
                        .map(ScoreCommand::answer)
                        .toList();
    }

    /// Neighbours with the same prompt, as multiple choice has them, share its computation.
    private static List<List<Sequence>> groups(List<Continuation> batch) {
        var groups = new ArrayList<List<Sequence>>();
        for (int i = 0; i < batch.size(); i++) {
            Continuation row = batch.get(i);
            if (i == 0 || !Arrays.equals(row.promptIds(), batch.get(i - 1).promptIds())) groups.add(new ArrayList<>());
            groups.getLast().add(Sequence.of(row.promptIds(), row.continuationIds()));
        }
        return groups;
    }

    private static ObjectNode answer(float[] logProbs) {
        double sum = 0;
        for (float logProb : logProbs) sum += logProb;
        ObjectNode answer = Json.mapper().createObjectNode().put("logprob", sum).put("tokens", logProbs.length);
        RowFields.put(answer.putArray("token_logprobs"), logProbs);
        return answer;
    }
}

package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import dev.caravan.data.Draws;
import dev.caravan.io.JsonLines;
import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Sequence;
import dev.caravan.tensor.Precision;
import dev.caravan.text.LengthLimit;
import dev.caravan.text.TokenContract;
import dev.caravan.text.TokenizedConversation;
import dev.caravan.train.AdamW;
import dev.caravan.train.Reduction;
import dev.caravan.train.Schedule;
import dev.caravan.train.SftTrainer;
import dev.caravan.train.TrainLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Supervised fine-tuning on conversations: the assistant's words and end tokens are learnt, everything else is only
/// read.
///
/// @param out the stage's name
/// @param model to start from
/// @param data conversations
/// @param template how messages become text: `own`, `tulu` or a file; the trained model carries it on
/// @param epochs passes over the data
/// @param maxSteps stop after so many steps
/// @param batchSize conversations of a step
/// @param maxTokens tokens of a conversation at most; absent: the model's context
/// @param overlong what becomes of longer ones: `error`, `truncate` or `drop`
/// @param reduction how token losses add up
/// @param learningRate the peak rate
/// @param schedule of the learning rate
/// @param optimizer AdamW's constants
/// @param maxGradientNorm gradients beyond it are scaled down to it
/// @param microBatchTokens tokens computed at a time; changes memory, not results
/// @param activations `kept`, or `recomputed` for less memory and a third more work
/// @param checkpointEvery steps between checkpoints
public record SftStage(
        String out,
        Reference model,
        Reference data,
        @Default("own") String template,
        @Default("2") int epochs,
        Optional<Integer> maxSteps,
        @Default("128") int batchSize,
        Optional<Integer> maxTokens,
        @Default("truncate") LengthLimit.Policy overlong,
        @Default("{type: sum}") Reduction reduction,
        @Default("5e-6") double learningRate,
        @Default("{type: linear, warmup_ratio: 0.03}") Schedule schedule,
        @Default("{}") AdamW.Settings optimizer,
        @Default("1") double maxGradientNorm,
        @Default("4096") int microBatchTokens,
        @Default("kept") Activations activations,
        @Default("100") int checkpointEvery)
        implements Stage {
    private static final int SHOWN_ROWS = 12;

    public SftStage {
        Rules.positive("epochs", epochs);
        Rules.positive("batch_size", batchSize);
        Rules.positive("learning_rate", learningRate);
        Rules.positive("max_gradient_norm", maxGradientNorm);
        Rules.positive("micro_batch_tokens", microBatchTokens);
        Rules.positive("checkpoint_every", checkpointEvery);
        maxSteps.ifPresent(steps -> Rules.positive("max_steps", steps));
        maxTokens.ifPresent(tokens -> Rules.positive("max_tokens", tokens));
    }

    @Override
    public List<Input> inputs() {
        return List.of(start(), conversations());
    }

    private Input start() {
        return new Input("model", model, Artifact.MODEL);
    }

    private Input conversations() {
        return new Input("data", data, Artifact.CONVERSATIONS);
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.MODEL);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void run(StageRun run) {
        Precision precision = Engines.start(run);
        var source = LoadedModel.open(run.input(start()), template);
        try (CausalLm policy = source.trained(precision)) {
            int limit = Math.min(
                    maxTokens.orElse(Integer.MAX_VALUE), policy.config().maxPositions());
            List<SftTrainer.Row> rows = rows(run, source.contract(), new LengthLimit(limit, overlong));
            DataRows.requireSome(rows.size(), run, out);
            train(run, policy, rows);
            source.write(run, policy);
        }
    }

    private List<SftTrainer.Row> rows(StageRun run, TokenContract contract, LengthLimit limit) {
        var rows = new ArrayList<SftTrainer.Row>();
        var shown = new ArrayList<Map<String, Object>>();
        try (Stream<Conversation> all = JsonLines.rows(run.input(conversations()), Conversation.class)) {
            all.forEach(row -> {
                run.counts().in(1);
                switch (limit.apply(row.id(), DataRows.tokens(contract, row.id(), row.messages(), row.tools()))) {
                    case LengthLimit.Outcome.Kept(var tokens) -> add(rows, shown, contract, row, tokens);
                    case LengthLimit.Outcome.Truncated(var tokens) -> {
                        run.counts().note("truncated to " + limit.tokens() + " tokens", 1);
                        add(rows, shown, contract, row, tokens);
                    }
                    case LengthLimit.Outcome.Dropped _ ->
                        run.leaveOut(row.id(), "length", "longer than " + limit.tokens() + " tokens");
                }
            });
        }
        run.counts().out(rows.size());
        JsonLines.write(run.store(), run.folder().resolve("tokens.jsonl"), shown.stream());
        return rows;
    }

    private static void add(
            List<SftTrainer.Row> rows,
            List<Map<String, Object>> shown,
            TokenContract contract,
            Conversation row,
            TokenizedConversation tokens) {
        rows.add(new SftTrainer.Row(row.id(), new Sequence(tokens.ids(), tokens.lossWeights())));
        if (shown.size() < SHOWN_ROWS) {
            shown.add(TokenView.of(row.id(), row.messages(), tokens, contract));
        }
    }

    private void train(StageRun run, CausalLm policy, List<SftTrainer.Row> rows) {
        int stepsPerEpoch = Math.ceilDiv(rows.size(), batchSize);
        long steps = Math.min((long) epochs * stepsPerEpoch, maxSteps.orElse(Integer.MAX_VALUE));
        try (var loop = new TrainLoop(policy.parameters(), optimizer, schedule, learningRate, maxGradientNorm, steps)) {
            var trainer = new SftTrainer(policy, loop, reduction, microBatchTokens, activations);
            var loops = new LinkedHashMap<>(Map.of("policy", loop));
            new TrainingRun(run, loops, steps, checkpointEvery, List.of())
                    .toEnd(step -> step(trainer, batch(rows, run.seed(), step, stepsPerEpoch)));
        }
    }

    /// The rows of a step: a function of seed and step alone.
    private List<SftTrainer.Row> batch(List<SftTrainer.Row> rows, long seed, long step, int stepsPerEpoch) {
        int[] order = new Draws(seed, "order").permutation(rows.size(), step / stepsPerEpoch);
        int from = (int) (step % stepsPerEpoch) * batchSize;
        return IntStream.range(from, Math.min(from + batchSize, rows.size()))
                .mapToObj(i -> rows.get(order[i]))
                .toList();
    }

    private static TrainingRun.Step step(SftTrainer trainer, List<SftTrainer.Row> batch) {
        var report = trainer.step(batch);
        var numbers = new LinkedHashMap<>(report.metrics());
        numbers.put("gradient_norm", report.gradientNorm());
        numbers.put("learning_rate", report.learningRate());
        long tokens = batch.stream().mapToLong(r -> r.sequence().ids().length).sum();
        return new TrainingRun.Step(batch.stream().map(SftTrainer.Row::id).toList(), tokens, numbers);
    }
}

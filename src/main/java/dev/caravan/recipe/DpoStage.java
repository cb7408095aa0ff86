package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.data.Draws;
import dev.caravan.data.Message;
import dev.caravan.data.PreferencePair;
import dev.caravan.io.JsonLines;
import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Sequence;
import dev.caravan.tensor.Precision;
import dev.caravan.text.LengthLimit;
import dev.caravan.text.TokenContract;
import dev.caravan.train.AdamW;
import dev.caravan.train.DpoTrainer;
import dev.caravan.train.PreferenceLoss;
import dev.caravan.train.Schedule;
import dev.caravan.train.TrainLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Preference tuning on pairs of a better and a worse answer; the reference is the model that it starts from.
///
/// @param out the stage's name
/// @param model to start from
/// @param data preference pairs
/// @param loss `dpo-norm` (Tülu 3's), `dpo`, `simpo` or `ipo`
/// @param template how messages become text: `own`, `tulu` or a file; the trained model carries it on
/// @param epochs passes over the pairs
/// @param maxSteps stop after so many steps
/// @param batchSize pairs of a step
/// @param maxTokens tokens of a conversation at most; absent: the model's context
/// @param overlong what becomes of pairs with a longer one: `error`, `truncate` or `drop`
/// @param learningRate the peak rate
/// @param schedule of the learning rate
/// @param optimizer AdamW's constants
/// @param maxGradientNorm gradients beyond it are scaled down to it
/// @param microBatchTokens tokens computed at a time; changes memory, not results
/// @param activations `kept`, or `recomputed` for less memory and a third more work
/// @param checkpointEvery steps between checkpoints
public record DpoStage(
        String out,
        Reference model,
        Reference data,
        @Default("{type: dpo-norm}") PreferenceLoss loss,
        @Default("own") String template,
        @Default("1") int epochs,
        Optional<Integer> maxSteps,
        @Default("128") int batchSize,
        Optional<Integer> maxTokens,
        @Default("truncate") LengthLimit.Policy overlong,
        @Default("5e-7") double learningRate,
        @Default("{type: linear, warmup_ratio: 0.1}") Schedule schedule,
        @Default("{}") AdamW.Settings optimizer,
        @Default("1") double maxGradientNorm,
        @Default("4096") int microBatchTokens,
        @Default("kept") Activations activations,
        @Default("100") int checkpointEvery)
        implements Stage {
    public DpoStage {
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
        return List.of(start(), pairs());
    }

    private Input start() {
        return new Input("model", model, Artifact.MODEL);
    }

    private Input pairs() {
        return new Input("data", data, Artifact.PAIRS);
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
            List<Tokens> tokens = tokens(run, source.contract(), new LengthLimit(limit, overlong));
            DataRows.requireSome(tokens.size(), run, out);
            train(run, policy, withReference(policy, tokens));
            source.write(run, policy);
        }
    }

    private record Tokens(String id, Sequence chosen, Sequence rejected) {}

    private List<Tokens> tokens(StageRun run, TokenContract contract, LengthLimit limit) {
        var tokens = new ArrayList<Tokens>();
        try (Stream<PreferencePair> all = JsonLines.rows(run.input(pairs()), PreferencePair.class)) {
            all.forEach(pair -> {
                run.counts().in(1);
                var chosen = sequence(run, contract, limit, pair, pair.chosen());
                var rejected = sequence(run, contract, limit, pair, pair.rejected());
                if (chosen.isPresent() && rejected.isPresent()) {
                    tokens.add(new Tokens(pair.id(), chosen.get(), rejected.get()));
                } else {
                    run.leaveOut(pair.id(), "length", "longer than " + limit.tokens() + " tokens");
                }
            });
        }
        run.counts().out(tokens.size());
        return tokens;
    }

    private static Optional<Sequence> sequence(
            StageRun run, TokenContract contract, LengthLimit limit, PreferencePair pair, String answer) {
        var messages = new ArrayList<>(pair.prompt());
        messages.add(Message.assistant(answer));
        return switch (limit.apply(pair.id(), DataRows.tokens(contract, pair.id(), messages, pair.tools()))) {
            case LengthLimit.Outcome.Kept(var c) -> Optional.of(new Sequence(c.ids(), c.lossWeights()));
            case LengthLimit.Outcome.Truncated(var c) -> {
                run.counts().note("answers truncated to " + limit.tokens() + " tokens", 1);
                yield Optional.of(new Sequence(c.ids(), c.lossWeights()));
            }
            case LengthLimit.Outcome.Dropped _ -> Optional.empty();
        };
    }

    /// The reference is the policy before its first step, so its log-probabilities are taken once and it needs no
    /// memory.
    private List<DpoTrainer.Row> withReference(CausalLm policy, List<Tokens> tokens) {
        var groups = tokens.stream().map(t -> List.of(t.chosen(), t.rejected())).toList();
        double[] sums = DpoTrainer.sums(policy, groups, microBatchTokens);
        return IntStream.range(0, tokens.size())
                .mapToObj(i -> new DpoTrainer.Row(
                        tokens.get(i).id(),
                        tokens.get(i).chosen(),
                        tokens.get(i).rejected(),
                        sums[2 * i],
                        sums[2 * i + 1]))
                .toList();
    }

    private void train(StageRun run, CausalLm policy, List<DpoTrainer.Row> rows) {
        int stepsPerEpoch = Math.ceilDiv(rows.size(), batchSize);
        long steps = Math.min((long) epochs * stepsPerEpoch, maxSteps.orElse(Integer.MAX_VALUE));
        try (var loop = new TrainLoop(policy.parameters(), optimizer, schedule, learningRate, maxGradientNorm, steps)) {
            var trainer = new DpoTrainer(policy, loop, loss, microBatchTokens, activations);
            var loops = new LinkedHashMap<>(Map.of("policy", loop));
            new TrainingRun(run, loops, steps, checkpointEvery, List.of())
                    .toEnd(step -> step(trainer, batch(rows, run.seed(), step, stepsPerEpoch)));
        }
    }

    /// The pairs of a step: a function of seed and step alone.
    private List<DpoTrainer.Row> batch(List<DpoTrainer.Row> rows, long seed, long step, int stepsPerEpoch) {
        int[] order = new Draws(seed, "order").permutation(rows.size(), step / stepsPerEpoch);
        int from = (int) (step % stepsPerEpoch) * batchSize;
        return IntStream.range(from, Math.min(from + batchSize, rows.size()))
                .mapToObj(i -> rows.get(order[i]))
                .toList();
    }

    private static TrainingRun.Step step(DpoTrainer trainer, List<DpoTrainer.Row> batch) {
        var report = trainer.step(batch);
        var numbers = new LinkedHashMap<>(report.metrics());
        numbers.put("gradient_norm", report.gradientNorm());
        numbers.put("learning_rate", report.learningRate());
        long tokens = batch.stream()
                .mapToLong(r -> r.chosen().ids().length + r.rejected().ids().length)
                .sum();
        return new TrainingRun.Step(batch.stream().map(DpoTrainer.Row::id).toList(), tokens, numbers);
    }
}

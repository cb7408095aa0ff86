package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.config.Default;
import dev.caravan.data.Draws;
import dev.caravan.data.Prompt;
import dev.caravan.data.Rollout;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Watch;
import dev.caravan.io.Progress;
import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.tensor.Precision;
import dev.caravan.train.AdamW;
import dev.caravan.train.AdvantageClip;
import dev.caravan.train.AdvantageEstimator;
import dev.caravan.train.ImportanceWeight;
import dev.caravan.train.KlPenalty;
import dev.caravan.train.PolicyLoss;
import dev.caravan.train.RlvrTrainer;
import dev.caravan.train.Schedule;
import dev.caravan.train.TokenAverage;
import dev.caravan.train.TrainLoop;
import dev.caravan.train.ValueLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Reinforcement learning with verifiable rewards: PPO with a value model, or GRPO, by the choice of `advantage`.
///
/// @param out the stage's name
/// @param model to start from, and the reference that the policy is held near to
/// @param data prompts with checks
/// @param valueModel what the value function starts from: a reward model with its head, or any model, which gets a
///     head of zeros; absent: `model`
/// @param judge who rates the answers to prompts whose check names `judge` or `rubric`; absent: no prompt may
/// @param template how messages become text: `own`, `tulu` or a file; the trained model carries it on
/// @param steps iterations of rollouts and updates
/// @param prompts prompts of an iteration
/// @param advantage `gae` (PPO with a value model), `group-relative` (GRPO), `leave-one-out` (RLOO) or
///     `scaled-leave-one-out`
/// @param advantageClip bounds of the advantages; absent: none
/// @param kl how the policy is held near its reference: `in-reward`, `in-loss` or `weighted-in-loss`
/// @param reward paid for a correct answer; a partly correct one gets its share
/// @param noEndReward what an answer without an end token gets instead of its reward; absent: its reward
/// @param policyLoss `clipped` (PPO, GRPO), `dual-clip`, `sequence-ratio` (GSPO) or `reinforce`
/// @param importance what corrects for probabilities that the generator computes differently: `token` or `sequence`;
///     absent: nothing
/// @param valueLoss the value function's loss
/// @param average how token losses are averaged
/// @param epochs passes over each iteration's experience
/// @param minibatches optimiser steps of each pass
/// @param temperature of the rollouts
/// @param maxTokens tokens of an answer at most
/// @param learningRate the policy's peak rate
/// @param valueLearningRate the value function's peak rate; absent: the policy's
/// @param schedule of both rates, over all optimiser steps
/// @param optimizer AdamW's constants
/// @param maxGradientNorm gradients beyond it are scaled down to it
/// @param microBatchTokens tokens computed at a time; changes memory, not results
/// @param activations `kept`, or `recomputed` for less memory and a third more work
/// @param batch answers written at a time; changes speed and memory
/// @param checkpointEvery iterations between checkpoints
public record RlvrStage(
        String out,
        Reference model,
        Reference data,
        Optional<Reference> valueModel,
        Optional<JudgeSettings> judge,
        @Default("own") String template,
        @Default("100") int steps,
        @Default("224") int prompts,
        @Default("{type: gae}") AdvantageEstimator advantage,
        Optional<AdvantageClip> advantageClip,
        @Default("{type: in-reward}") KlPenalty kl,
        @Default("10") double reward,
        Optional<Double> noEndReward,
        @Default("{type: clipped}") PolicyLoss policyLoss,
        Optional<ImportanceWeight> importance,
        @Default("{}") ValueLoss valueLoss,
        @Default("{type: whole}") TokenAverage average,
        @Default("4") int epochs,
        @Default("1") int minibatches,
        @Default("1") double temperature,
        @Default("2048") int maxTokens,
        @Default("3e-7") double learningRate,
        Optional<Double> valueLearningRate,
        @Default("{type: linear}") Schedule schedule,
        @Default("{weight_decay: 0.01}") AdamW.Settings optimizer,
        @Default("1") double maxGradientNorm,
        @Default("4096") int microBatchTokens,
        @Default("kept") Activations activations,
        @Default("64") int batch,
        @Default("25") int checkpointEvery)
        implements Stage {
    private static final String JUDGE = "judge.model";

    public RlvrStage {
        Rules.positive("steps", steps);
        Rules.positive("prompts", prompts);
        Rules.positive("reward", reward);
        Rules.positive("epochs", epochs);
        Rules.positive("minibatches", minibatches);
        Rules.positive("temperature", temperature);
        Rules.positive("max_tokens", maxTokens);
        Rules.positive("learning_rate", learningRate);
        valueLearningRate.ifPresent(rate -> Rules.positive("value_learning_rate", rate));
        Rules.positive("max_gradient_norm", maxGradientNorm);
        Rules.positive("micro_batch_tokens", microBatchTokens);
        Rules.positive("batch", batch);
        Rules.positive("checkpoint_every", checkpointEvery);
        if (prompts * advantage.groupSize() < minibatches) {
            throw new IllegalArgumentException(
                    "minibatches must not outnumber the rollouts of an iteration (%d), got %d"
                            .formatted(prompts * advantage.groupSize(), minibatches));
        }
    }

    @Override
    public List<Input> inputs() {
        var inputs = new java.util.ArrayList<>(List.of(start(), questions()));
        valueModel.ifPresent(m -> inputs.add(critic(m)));
        judge.flatMap(settings -> settings.answering(JUDGE).input()).ifPresent(inputs::add);
        return inputs;
    }

    private Input start() {
        return new Input("model", model, Artifact.MODEL);
    }

    private Input questions() {
        return new Input("data", data, Artifact.PROMPTS);
    }

    private static Input critic(Reference reference) {
        return new Input("value_model", reference, Artifact.MODEL);
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.MODEL);
    }

    @Override
    public boolean asksVerifiers() {
        return true;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void run(StageRun run) {
        Precision precision = Engines.start(run);
        var source = LoadedModel.open(run.input(start()), template);
        List<Prompt> questions = DataRows.checkedPrompts(run, run.input(questions()), Integer.MAX_VALUE);
        run.counts().out(questions.size());
        DataRows.requireSome(questions.size(), run, out);
        requireJudge(questions);
        try (CausalLm policy = source.trained(precision);
                CausalLm reference = source.frozen(precision)) {
            judged(run, verdicts -> train(run, precision, source, policy, reference, questions, verdicts));
            source.write(run, policy);
        }
    }

    private void requireJudge(List<Prompt> questions) {
        long judged = questions.stream()
                .filter(prompt -> Verdicts.judged(prompt).isPresent())
                .count();
        if (judged == 0 || judge.isPresent()) return;
        throw new DataException(
                "%s: %d of %d prompts of %s are decided by a judge; name a model or an endpoint under judge, or leave them out"
                        .formatted(out, judged, questions.size(), data));
    }

    /// Does the work with the judge, where there is one.
    private void judged(StageRun run, Consumer<Verdicts> work) {
        if (judge.isEmpty()) {
            work.accept(new Verdicts(Optional.empty(), Watch.NOBODY));
            return;
        }
        JudgeSettings settings = judge.get();
        try (ChatModel open = settings.answering(JUDGE).open(run)) {
            work.accept(new Verdicts(Optional.of(settings.judge(open, run.seed())), Watch.NOBODY));
            open.numbers().forEach((name, number) -> run.counts().note("judge: " + name, number.longValue()));
        }
    }

    private void train(
            StageRun run,
            Precision precision,
            LoadedModel source,
            CausalLm policy,
            CausalLm reference,
            List<Prompt> questions,
            Verdicts verdicts) {
        long updates = (long) steps * epochs * minibatches;
        SequencedMap<String, TrainLoop> loops = new LinkedHashMap<>();
        try (var loop =
                new TrainLoop(policy.parameters(), optimizer, schedule, learningRate, maxGradientNorm, updates)) {
            loops.put("policy", loop);
            Optional<RlvrTrainer.Critic> critic =
                    advantage.needsValues() ? Optional.of(critic(run, precision, source, updates)) : Optional.empty();
            critic.ifPresent(c -> loops.put("value", c.loop()));
            try {
                var trainer = new RlvrTrainer(policy, loop, critic, settings());
                var values = critic.map(RlvrTrainer.Critic::model);
                var experience = new Rollouts(this, source, policy, reference, values, verdicts);
                var training = new TrainingRun(run, loops, steps, checkpointEvery, List.of(Rollouts.LOG));
                training.toEnd(step -> iterate(run, training, trainer, experience, questions, step));
            } finally {
                critic.ifPresent(c -> {
                    c.loop().close();
                    c.model().close();
                });
            }
        }
    }

    private RlvrTrainer.Critic critic(StageRun run, Precision precision, LoadedModel source, long updates) {
        LoadedModel start = valueModel
                .map(m -> new LoadedModel(run.input(critic(m)), source.contract()))
                .orElse(source);
        var values = start.critic(precision);
        double rate = valueLearningRate.orElse(learningRate);
        return new RlvrTrainer.Critic(
                values, new TrainLoop(values.parameters(), optimizer, schedule, rate, maxGradientNorm, updates));
    }

    private RlvrTrainer.Settings settings() {
        return new RlvrTrainer.Settings(
                advantage,
                advantageClip,
                kl,
                policyLoss,
                importance,
                valueLoss,
                average,
                epochs,
                minibatches,
                temperature,
                microBatchTokens,
                activations);
    }

    private TrainingRun.Step iterate(
            StageRun run,
            TrainingRun training,
            RlvrTrainer trainer,
            Rollouts rollouts,
            List<Prompt> questions,
            long step) {
        long seed = new Draws(run.seed(), "iteration").bits(step);
        List<Prompt> asked = prompts(questions, run.seed(), step);
        List<Rollout> answered = rollouts.answers(asked, Sampling.at(temperature, maxTokens), seed, Progress.SILENT);
        var batch = rollouts.trajectories(answered);
        var metrics = batch.metrics();
        if (!batch.trajectories().isEmpty()) {
            metrics.add(trainer.update(batch.trajectories(), seed));
        }
        batch.log(step + 1, row -> training.log(Rollouts.LOG, row));
        return new TrainingRun.Step(asked.stream().map(Prompt::id).toList(), batch.tokens(), metrics.means());
    }

    /// The prompts of an iteration, shuffled anew in each pass over them: a function of seed and step alone.
    private List<Prompt> prompts(List<Prompt> questions, long seed, long step) {
        var draws = new Draws(seed, "prompts");
        return IntStream.range(0, prompts)
                .mapToObj(i -> {
                    long at = step * prompts + i;
                    int[] order = draws.permutation(questions.size(), at / questions.size());
                    return questions.get(order[(int) (at % questions.size())]);
                })
                .toList();
    }
}

package dev.caravan.train;

import dev.caravan.data.Draws;
import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.Scorer;
import dev.caravan.model.Sequence;
import dev.caravan.model.SequenceBatch;
import dev.caravan.model.ValueModel;
import dev.caravan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reinforcement learning with verifiable rewards, [section 6](https://arxiv.org/abs/2411.15124): PPO with a value
/// model or GRPO, by the choice of advantage estimator.
public final class RlvrTrainer {
    /// @param advantageClip bounds of the advantages; absent: none
    /// @param importance what corrects for the generator's own probabilities; absent: nothing
    /// @param epochs passes over each iteration's experience
    /// @param minibatches optimiser steps of each pass
    /// @param temperature of the rollouts; training sees the same distribution
    /// @param microBatchTokens tokens of one forward and backward at most; changes memory, not results
    public record Settings(
            AdvantageEstimator advantage,
            Optional<AdvantageClip> advantageClip,
            KlPenalty kl,
            PolicyLoss policyLoss,
            Optional<ImportanceWeight> importance,
            ValueLoss valueLoss,
            TokenAverage average,
            int epochs,
            int minibatches,
            double temperature,
            int microBatchTokens,
            Activations activations) {}

    /// A value function with its own optimiser.
    public record Critic(ValueModel model, TrainLoop loop) {}

    private final CausalLm policy;
    private final TrainLoop loop;
    private final Optional<Critic> critic;
    private final Settings settings;

    public RlvrTrainer(CausalLm policy, TrainLoop loop, Optional<Critic> critic, Settings settings) {
        this.policy = policy;
        this.loop = loop;
        this.critic = critic;
        this.settings = settings;
    }

    /// Learns from one iteration's trajectories.
    ///
    /// @param seed of the shuffle of this iteration
    public MetricSums update(List<Trajectory> trajectories, long seed) {
        Experience estimated = settings.advantage().estimate(trajectories, settings.kl());
        Experience experience = settings.advantageClip().map(estimated::clipped).orElse(estimated);
        var draws = new Draws(seed, "minibatches");
        var metrics = new MetricSums();
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            int[] order = draws.permutation(trajectories.size(), epoch);
            for (int part = 0; part < settings.minibatches(); part++) {
                int from = order.length * part / settings.minibatches();
                int to = order.length * (part + 1) / settings.minibatches();
                if (from < to) {
                    step(
                            experience,
                            Arrays.stream(order, from, to).sorted().boxed().toList(),
                            metrics);
                }
            }
        }
        return metrics;
    }

    /// One optimiser step of the value function and of the policy. The members are in their original order, so that
    /// samples of a prompt stand together and share it.
    private void step(Experience experience, List<Integer> members, MetricSums metrics) {
        List<String> rows =
                members.stream().map(i -> experience.trajectories().get(i).id()).toList();
        critic.ifPresent(c -> {
            var report = c.loop().step(valueBatches(c.model(), experience, members), rows);
            report.metrics().forEach((name, value) -> metrics.add(name, value, 1));
            metrics.add("value_gradient_norm", report.gradientNorm(), 1);
        });
        var report = loop.step(policyBatches(experience, members), rows);
        report.metrics().forEach((name, value) -> metrics.add(name, value, 1));
        metrics.add("gradient_norm", report.gradientNorm(), 1).add("learning_rate", report.learningRate(), 1);
    }

    /// Trajectories of one forward and backward pass, with the weight of a token of each.
    private record Part(List<Integer> members, double[] weights, List<List<Sequence>> groups) {}

    private List<Part> parts(Experience experience, List<Integer> members, double[] weights) {
        List<List<Sequence>> groups = new ArrayList<>();
        int group = -1;
        for (int i : members) {
            Trajectory t = experience.trajectories().get(i);
            if (t.group() != group) {
                groups.add(new ArrayList<>());
                group = t.group();
            }
            groups.getLast().add(t.sequence());
        }
        var parts = new ArrayList<Part>();
        int from = 0;
        for (List<List<Sequence>> own : Scorer.parts(groups, settings.microBatchTokens())) {
            int to = from + own.stream().mapToInt(List::size).sum();
            parts.add(new Part(members.subList(from, to), Arrays.copyOfRange(weights, from, to), own));
            from = to;
        }
        return parts;
    }

    private List<TrainLoop.MicroBatch> policyBatches(Experience experience, List<Integer> members) {
        var tokens = members.stream()
                .map(i -> experience.trajectories().get(i).tokens())
                .toList();
        var batches = new ArrayList<TrainLoop.MicroBatch>();
        for (Part part : parts(experience, members, settings.average().weights(tokens))) {
            batches.add(() -> policyBatch(experience, part));
        }
        return batches;
    }

    private MetricSums policyBatch(Experience experience, Part part) {
        var batch = SequenceBatch.ofGroups(part.groups());
        try (var pass = policy.train(batch.batch(), settings.activations())) {
            float[] now = policy.head().logProbs(pass.hidden(), batch.predictions(), settings.temperature());
            var tokens = PolicyTokens.of(experience, part.members(), part.weights(), settings.importance());
            Tensor logp = Tensor.of(now, now.length).leaf(); // [tokens]
            PolicyLogps logps = tokens.logps(logp);
            Tensor losses = losses(logps, tokens.correction());
            losses.times(tokens.weight()).sum().backward();
            pass.backward(policy.head()
                    .backward(
                            pass.hidden(), batch.predictions(), logp.gradient().toFloats(), settings.temperature())
                    .hiddenGradient());
            float[] ratios = settings.policyLoss().ratio(logps).toFloats();
            return tokens.metrics(now, losses.toFloats(), ratios, settings.policyLoss());
        }
    }

    /// The penalty has a correction of its own, if any: the policy loss's does not touch it.
    private Tensor losses(PolicyLogps logps, Tensor correction) {
        Tensor losses = settings.policyLoss().of(logps).times(correction);
        return settings.kl() instanceof KlPenalty.LossTerm term ? losses.plus(term.of(logps)) : losses;
    }

    private List<TrainLoop.MicroBatch> valueBatches(ValueModel model, Experience experience, List<Integer> members) {
        var steps = members.stream()
                .map(i -> experience.trajectories().get(i).steps())
                .toList();
        var batches = new ArrayList<TrainLoop.MicroBatch>();
        for (Part part : parts(experience, members, settings.average().weights(steps))) {
            batches.add(() -> valueBatch(model, experience, part));
        }
        return batches;
    }

    private MetricSums valueBatch(ValueModel model, Experience experience, Part part) {
        var batch = SequenceBatch.ofGroups(part.groups());
        var steps = ValueSteps.of(experience, part.members(), part.weights(), batch);
        try (var pass = model.train(batch.batch(), settings.activations())) {
            float[] now = model.head().values(pass.hidden(), steps.rows());
            Tensor value = Tensor.of(now, now.length).leaf(); // [steps]
            Tensor losses = settings.valueLoss().of(value, steps.oldValue(), steps.returns());
            losses.times(steps.weight()).sum().backward();
            pass.backward(model.head()
                    .backward(pass.hidden(), steps.rows(), value.gradient().toFloats()));
            return steps.metrics(now, losses.toFloats());
        }
    }
}

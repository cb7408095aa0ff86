package dev.caravan.recipe;

import dev.caravan.data.Rollout;
import dev.caravan.eval.EvalTask;
import dev.caravan.eval.TaskScore;
import dev.caravan.generate.Sampling;
import dev.caravan.io.Interrupt;
import dev.caravan.io.Progress;
import dev.caravan.model.CausalLm;
import java.util.ArrayList;
import java.util.List;

/// What a model is asked, and how its answers are drawn: one answer an item and temperature.
///
/// @param temperatures 0 is greedy
/// @param maxTokens tokens of an answer at most
/// @param batch answers written at a time; changes speed and memory
public record Evaluation(List<EvalTask> tasks, List<Double> temperatures, int maxTokens, int batch, long seed) {
    public Evaluation {
        tasks = List.copyOf(tasks);
        temperatures = List.copyOf(temperatures);
        Rules.positive("max_tokens", maxTokens);
        Rules.positive("batch", batch);
    }

    /// Hears the answers to a task when all are there.
    public interface Listener {
        void answered(EvalTask task, double temperature, List<Rollout> rollouts);
    }

    /// The scores of a model, task by task.
    ///
    /// @param name what the scores call the model
    /// @param earlier scores of the models before it, with which it is compared
    public List<TaskScore> of(
            String name,
            LoadedModel source,
            CausalLm model,
            List<TaskScore> earlier,
            Progress progress,
            Interrupt interrupt,
            Listener listener) {
        var answers = new Answers(source, model, batch, interrupt);
        var scores = new ArrayList<TaskScore>();
        for (EvalTask task : tasks) {
            for (double temperature : temperatures) {
                progress.say("evaluates " + name + " on " + task.name() + ", " + TaskScore.mode(temperature));
                List<Rollout> rollouts = answers.to(task.items(), 1, sampling(temperature), seed, progress);
                listener.answered(task, temperature, rollouts);
                scores.add(TaskScore.of(name, task, temperature, rollouts, earlier, seed));
            }
        }
        return scores;
    }

    private Sampling sampling(double temperature) {
        return temperature == 0 ? Sampling.greedy(maxTokens) : Sampling.at(temperature, maxTokens);
    }
}

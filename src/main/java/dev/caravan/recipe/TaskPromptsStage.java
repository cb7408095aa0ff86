package dev.caravan.recipe;

import dev.caravan.RecipeException;
import dev.caravan.config.Default;
import dev.caravan.data.Prompt;
import dev.caravan.eval.TaskData;
import dev.caravan.eval.TaskFormat;
import dev.caravan.eval.TaskPrompts;
import dev.caravan.eval.TaskSettings;
import dev.caravan.io.JsonLines;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Prompts of evaluation tasks to learn from, with each task's own verifier and gold answers: what `rlvr` and
/// `preferences` ask. The rows are those of the split that a task names for training; a task that names none is
/// refused, since what is evaluated is never trained on.
///
/// @param out the stage's name
/// @param tasks names of evaluation tasks
/// @param taskData the folder with the tasks' data sets, or with a folder for each
/// @param form `turn` or `plain`: one message, examples first, as Tülu's own prompts are; `chat`: a message each
/// @param shots examples before the question, at most the task's own; absent: all of those
public record TaskPromptsStage(
        String out,
        List<String> tasks,
        Reference taskData,
        @Default("turn") TaskFormat.Form form,
        Optional<Integer> shots)
        implements Stage {
    public TaskPromptsStage {
        if (tasks.isEmpty()) throw new IllegalArgumentException("tasks must name at least one");
        tasks.forEach(TaskPromptsStage::requireTrainable);
        shots.filter(count -> count < 0).ifPresent(count -> {
            throw new IllegalArgumentException("shots must not be negative, got " + count);
        });
        tasks = List.copyOf(tasks);
    }

    private static void requireTrainable(String task) {
        try {
            TaskPrompts.requireTrainable(task);
        } catch (RecipeException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    @Override
    public List<Input> inputs() {
        return List.of(data());
    }

    private Input data() {
        return new Input("task_data", taskData, Artifact.CONVERSATIONS);
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.PROMPTS);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void run(StageRun run) {
        TaskData data = TaskData.of(run.input(data()));
        List<Prompt> prompts = tasks.stream()
                .flatMap(task -> TaskPrompts.of(task, data, settings()).stream())
                .toList();
        run.counts().in(prompts.size());
        run.counts().out(prompts.size());
        DataRows.requireSome(prompts.size(), run, out);
        JsonLines.write(run.store(), run.folder().resolve(Artifact.PROMPTS.file()), prompts.stream());
    }

    private TaskSettings settings() {
        return new TaskSettings(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(form),
                shots.map(OptionalInt::of).orElse(OptionalInt.empty()));
    }
}

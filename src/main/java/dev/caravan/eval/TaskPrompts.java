package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.data.Check;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Prompts to learn from, of the split that an evaluation task names for that, each with the task's verifier and its
/// gold answer. What a task evaluates is never one of them.
public final class TaskPrompts {
    private TaskPrompts() {}

    /// @throws RecipeException when a task may not be learnt from
    public static void requireTrainable(String name) {
        TaskDefinition task = TaskRegistry.named(name);
        if (!(task.scoring() instanceof Scoring.GenerationScoring)) {
            throw new RecipeException(
                    "%s has no verifier that could reward an answer; tasks that can be learnt from".formatted(name)
                            + " are " + trainable());
        }
        if (train(task).isEmpty()) {
            throw new RecipeException(("%s names no train split, and what is evaluated is never trained on; tasks that"
                            + " can be learnt from are %s")
                    .formatted(name, trainable()));
        }
    }

    private static List<String> trainable() {
        return TaskRegistry.tasks().stream()
                .filter(task -> train(task).isPresent())
                .map(TaskDefinition::name)
                .toList();
    }

    private static Optional<TaskSource.TrainSplit> train(TaskDefinition task) {
        return task.source() instanceof TaskSource.FilesTaskSource files ? files.train() : Optional.empty();
    }

    /// In the order of the rows. Where the task begins the assistant's turn, a prompt leaves that to the model.
    ///
    /// @throws RecipeException when the task may not be learnt from
    /// @throws DataException when the train split is not at hand
    public static List<Prompt> of(String name, TaskData data, TaskSettings settings) {
        requireTrainable(name);
        TaskDefinition task = TaskRegistry.named(name).with(settings);
        var source = (TaskSource.FilesTaskSource) task.source();
        Path folder = folder(task, data, source);
        var maker = new ItemMaker(task, Optional.of(folder));
        var prompts = new ArrayList<Prompt>();
        for (ObjectNode row : TaskRows.read(folder, trainFiles(task, folder, source), source)) {
            prompts.add(prompt(task.name(), maker.item(row, prompts.size() + 1)));
        }
        return prompts;
    }

    private static Path folder(TaskDefinition task, TaskData data, TaskSource.FilesTaskSource source) {
        return data.of(task.name(), source)
                .filter(Files::isDirectory)
                .orElseThrow(() ->
                        new DataException("task %s is learnt from by the %s split of %s: give the folder that holds it"
                                .formatted(
                                        task.name(),
                                        source.train().orElseThrow().split(),
                                        source.hub())));
    }

    /// The patterns of the train split, none of whose files may be one that is evaluated.
    private static List<String> trainFiles(TaskDefinition task, Path folder, TaskSource.FilesTaskSource source) {
        List<String> patterns = source.train().orElseThrow().files();
        List<Path> evaluated = TaskRows.found(folder, source.files());
        TaskRows.files(folder, patterns).stream()
                .filter(evaluated::contains)
                .findFirst()
                .ifPresent(file -> {
                    throw new DataException("%s is evaluated by task %s, and what is evaluated is never trained on"
                            .formatted(file, task.name()));
                });
        return patterns;
    }

    private static Prompt prompt(String task, EvalItem item) {
        List<Message> messages = switch (item.prompt()) {
            case EvalPrompt.Chat chat -> chat.messages();
            case EvalPrompt.Plain plain -> List.of(Message.user(plain.text()));
        };
        Check check = ((Target.Checked) item.target()).check();
        return new Prompt("train/" + item.id(), "task:" + task, messages, Optional.of(check));
    }
}

package dev.caravan.eval;

import dev.caravan.RecipeException;
import dev.caravan.curate.TestProblems;
import java.util.List;
import java.util.Optional;

/// The evaluation tasks by name. What is evaluated here is also what training data is decontaminated against.
public final class TaskRegistry {
    private static final List<TaskDefinition> TASKS = List.of(
            new TaskDefinition("arithmetic", 1, "accuracy", TestProblems.COUNT, new TaskItems.GeneratedProblems()),
            new TaskDefinition(
                    "gsm8k",
                    1,
                    "accuracy",
                    1_319,
                    new TaskItems.LocalFile("test split of openai/gsm8k as JSON lines of question and answer")));

    private TaskRegistry() {}

    public static List<TaskDefinition> tasks() {
        return TASKS;
    }

    /// @throws RecipeException when there is no task of that name; the message lists the known ones
    public static TaskDefinition named(String name) {
        return TASKS.stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RecipeException("there is no task '%s'; known are %s"
                        .formatted(
                                name, TASKS.stream().map(TaskDefinition::name).toList())));
    }

    /// The task of that name with its items, read from `data` where they are not built in.
    public static EvalTask load(String name, Optional<String> data) {
        return named(name).load(data);
    }
}

package dev.caravan.eval;

import java.util.Optional;
import java.util.OptionalInt;

/// What a user sets differently from an evaluation task's own file.
///
/// @param samples answers an item
/// @param shots examples before a question, at most as many as the task has
public record TaskSettings(
        Optional<Double> temperature,
        OptionalInt maxTokens,
        OptionalInt samples,
        Optional<Scoring.Normalisation> normalise,
        Optional<TaskFormat.Form> form,
        OptionalInt shots) {
    /// Everything as the task has it.
    public static final TaskSettings OF_THE_TASK = new TaskSettings(
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty());
}

package dev.caravan.eval;

import java.util.Optional;

/// What is known of an evaluation task before its items are at hand.
///
/// @param version grows with every change of the items or of how they are scored
/// @param metric what the score is, such as `accuracy`
/// @param items how many there are
/// @param source where they come from
public record TaskDefinition(String name, int version, String metric, int items, TaskItems source) {
    /// The task with its items.
    ///
    /// @param data the file that holds them, for a task whose items are not built in
    /// @throws dev.caravan.DataException when a file is needed and none is given, or the one given is bad
    public EvalTask load(Optional<String> data) {
        return new EvalTask(name, version, metric, source.load(name, data));
    }
}

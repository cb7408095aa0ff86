package dev.caravan.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a run ended.
///
/// @param run the run's folder
/// @param stages those that were run or reused, in order
/// @param failure what ended a run that failed
public record RunOutcome(Path run, Status status, List<StageOutcome> stages, Optional<RuntimeException> failure) {
    public RunOutcome {
        stages = List.copyOf(stages);
    }

    public enum Status {
        DONE,
        FAILED,
        INTERRUPTED
    }

    /// @param reused whether the results of an earlier run were taken
    /// @param seconds that the stage took now
    public record StageOutcome(String stage, String type, boolean reused, double seconds, String fingerprint) {}
}

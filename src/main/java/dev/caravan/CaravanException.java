package dev.caravan;

/// A failure that the user can act on. Everything else that is thrown is a bug and keeps its stack trace.
///
/// A message names the thing, the value, the rule and the remedy.
public abstract sealed class CaravanException extends RuntimeException
        permits RecipeException, DataException, TensorException, TrainingDiverged {
    CaravanException(String message) {
        super(message);
    }

    CaravanException(String message, Throwable cause) {
        super(message, cause);
    }

    /// The exit status of the command line for this kind of failure.
    public abstract int exitStatus();
}

package dev.caravan;

/// A loss or gradient is not finite; the message carries the step, the rows of its batch, the last good checkpoint
/// and the command that goes on from it.
public final class TrainingDiverged extends CaravanException {
    public TrainingDiverged(String message) {
        super(message);
    }

    @Override
    public int exitStatus() {
        return 5;
    }
}

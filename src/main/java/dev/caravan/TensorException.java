package dev.caravan;

/// The tensor engine refused an operation; the message carries the operation, the shapes and the engine's first line.
public final class TensorException extends CaravanException {
    public TensorException(String message) {
        super(message);
    }

    public TensorException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitStatus() {
        return 4;
    }
}

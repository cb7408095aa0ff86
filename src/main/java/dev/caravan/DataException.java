package dev.caravan;

/// A file or a row is bad; the message carries `file:line`, the row's id where it has one, and the rule.
public final class DataException extends CaravanException {
    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitStatus() {
        return 3;
    }
}

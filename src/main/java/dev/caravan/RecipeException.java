package dev.caravan;

/// The recipe or the command line is wrong; the message lists every problem.
public final class RecipeException extends CaravanException {
    public RecipeException(String message) {
        super(message);
    }

    @Override
    public int exitStatus() {
        return 2;
    }
}

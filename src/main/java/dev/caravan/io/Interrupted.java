package dev.caravan.io;

/// A stage has stopped at a safe point because the user asked; the same command goes on from there.
public final class Interrupted extends RuntimeException {
    public Interrupted(String message) {
        super(message);
    }
}

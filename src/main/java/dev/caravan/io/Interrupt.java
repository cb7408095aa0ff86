package dev.caravan.io;

/// Whether the user has asked the run to stop. A long stage asks at step boundaries, writes its checkpoint when the
/// answer is yes, and throws [Interrupted]; the next run goes on from there.
@FunctionalInterface
public interface Interrupt {
    /// Nobody can ask.
    Interrupt NEVER = () -> false;

    boolean requested();
}

package dev.caravan.io;

import java.time.Duration;

/// Waits before the next attempt at something that broke.
@FunctionalInterface
public interface Pause {
    void seconds(double seconds) throws InterruptedException;

    /// The real thing.
    static Pause sleeping() {
        return seconds -> Thread.sleep(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}

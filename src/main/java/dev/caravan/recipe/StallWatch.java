package dev.caravan.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Closes a stream from which nothing has come for a minute, so that whoever waits for it goes on.
final class StallWatch implements AutoCloseable {
    private static final long LONGEST_SILENCE = Duration.ofSeconds(60).toNanos();

    private final Thread watcher;
    private volatile long last = System.nanoTime();

    StallWatch(InputStream stream) {
        this.watcher = Thread.ofVirtual().start(() -> watch(stream));
    }

    void moved() {
        last = System.nanoTime();
    }

    @Override
    public void close() {
        watcher.interrupt();
    }

    private void watch(InputStream stream) {
        try {
            for (long left = LONGEST_SILENCE; left > 0; left = LONGEST_SILENCE - (System.nanoTime() - last)) {
                Thread.sleep(Duration.ofNanos(left));
            }
            stream.close();
        } catch (InterruptedException | IOException _) {
            // the transfer is over, or its stream is closed already
        }
    }
}

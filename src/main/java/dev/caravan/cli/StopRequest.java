package dev.caravan.cli;

import java.util.concurrent.CountDownLatch;

/// Turns Ctrl-C and SIGTERM into a request that a long command answers at its next safe point. The JVM waits until the
/// command closes the request, then ends with the signal's own status: 130 for Ctrl-C, 143 for SIGTERM.
///
/// ```java
/// try (var stop = StopRequest.listen()) {
///     while (work.remains() && !stop.requested()) work.step();
/// }
/// ```
///
/// A second signal changes nothing; SIGKILL ends the process at once, and what is on disk must bear that.
final class StopRequest implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::hold, "stop-request");
    private volatile boolean requested;

    private StopRequest() {}

    static StopRequest listen() {
        var request = new StopRequest();
        Runtime.getRuntime().addShutdownHook(request.hook);
        return request;
    }

    boolean requested() {
        return requested;
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            requested = true; // the JVM is already on its way out
        }
    }

    private void hold() {
        requested = true;
        try {
            finished.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.caravan.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// Turns Ctrl-C and SIGTERM into a request that a long command answers at its next safe point. The JVM waits for the
/// command's last word and ends with the command's status, whichever signal it was.
///
/// ```java
/// try (var stop = StopRequest.listen()) {
///     while (work.remains() && !stop.requested()) work.step();
/// }
/// ```
///
/// A second signal changes nothing; SIGKILL ends the process at once, and what is on disk must bear that.
final class StopRequest implements AutoCloseable {
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    private final CountDownLatch closed = new CountDownLatch(1);
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
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            requested = true; // the JVM is on its way out
            closed.countDown();
        }
    }

    /// Ends the process. Once a signal has begun to end it, [System#exit] would wait for the hooks, and they for us.
    static void exit(int status) {
        System.out.flush();
        System.err.flush();
        if (isEnding()) Runtime.getRuntime().halt(status);
        System.exit(status);
    }

    private static boolean isEnding() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread());
            return false;
        } catch (IllegalStateException _) {
            return true;
        }
    }

    private void hold() {
        requested = true;
        try {
            closed.await();
            Thread.sleep(LAST_WORD); // exit ends the process within it
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.caravan.cli;

import dev.caravan.io.Progress;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/// Shows on standard error where a run stands: on a terminal one line that is drawn over itself and is gone at the
/// end, elsewhere a plain line now and then.
final class LiveLine implements Progress, AutoCloseable {
    /// One column stays free: some terminals begin a new line after the eightieth.
    private static final int COLUMNS = 79;
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
    private static final Duration BETWEEN_PLAIN_LINES = Duration.ofSeconds(10);
    private static final String TO_LINE_START_AND_ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final InstantSource clock;
    private final LongSupplier memory;

    private String stage = "";
    private TimeLeft timeLeft = new TimeLeft();
    private Instant shownAt = Instant.MIN;
    private String drawn = "";

    /// @param memory bytes that the process holds now
    LiveLine(PrintStream out, boolean terminal, InstantSource clock, LongSupplier memory) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.memory = memory;
    }

    static LiveLine onStandardError() {
        return new LiveLine(System.err, isTerminal(), InstantSource.system(), LiveLine::residentBytes);
    }

    @Override
    public void begin(String name) {
        erase();
        stage = name;
        timeLeft = new TimeLeft();
        shownAt = Instant.MIN;
    }

    @Override
    public void step(long step, long steps, SequencedMap<String, ? extends Number> numbers) {
        Instant now = clock.instant();
        timeLeft.reached(step, now);
        Instant due =
                shownAt.equals(Instant.MIN) ? now : shownAt.plus(terminal ? BETWEEN_DRAWINGS : BETWEEN_PLAIN_LINES);
        if (now.isBefore(due) && step != steps) {
            return;
        }
        shownAt = now;
        show(new LiveState(stage, step, steps, numbers, timeLeft.seconds(steps), memory.getAsLong()));
    }

    @Override
    public void say(String message) {
        String line = drawn;
        erase();
        out.println(message);
        draw(line);
        out.flush();
    }

    /// Leaves the terminal as if the line had never been there.
    @Override
    public void close() {
        erase();
        out.flush();
    }

    private void show(LiveState state) {
        if (terminal) {
            draw(state.line(COLUMNS));
        } else {
            out.println(state.line(Integer.MAX_VALUE));
        }
        out.flush();
    }

    /// In one write, and erased only behind the new text: nothing flickers.
    private void draw(String line) {
        if (!line.isEmpty()) {
            out.print("\r" + line + "\u001b[K");
            drawn = line;
        }
    }

    private void erase() {
        if (!drawn.isEmpty()) {
            out.print(TO_LINE_START_AND_ERASE);
            drawn = "";
        }
    }

    /// Java can ask whether standard input and output are a terminal, but not standard error; Linux can tell.
    private static boolean isTerminal() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException _) {
            Console console = System.console();
            return console != null && console.isTerminal();
        }
    }

    /// The process's resident memory, tensors included; 0 where the system does not tell.
    private static long residentBytes() {
        try {
            String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
            return Long.parseLong(pages) * 4096;
        } catch (IOException _) {
            return 0;
        }
    }
}

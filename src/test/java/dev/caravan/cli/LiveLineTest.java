package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class LiveLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    @Test
    void onATerminalTheLineIsDrawnOverItselfAndGoneAtTheEnd() {
        try (LiveLine line = line(true)) {
            run(line, 2, 1000);
        }
        assertThat(out.toString(UTF_8))
                .isEqualTo("\rsft  #####-----  1/2  loss 0.5\u001b[K\rsft  ##########  2/2  loss 0.5  ETA 0:00\u001b[K"
                        + "\r\u001b[K");
    }

    @Test
    void onATerminalItIsDrawnAtMostTenTimesASecond() {
        run(line(true), 1000, 1); // a thousand steps of one millisecond
        assertThat(out.toString(UTF_8).chars().filter(c -> c == '\r').count()).isBetween(10L, 11L);
    }

    @Test
    void elsewhereAPlainLineComesEveryTenSecondsAndAtTheEnd() {
        run(line(false), 25, 1000);
        List<String> lines = out.toString(UTF_8).lines().toList();
        assertThat(lines)
                .extracting(line -> line.replaceAll(".* (\\d+)/25 .*", "$1"))
                .containsExactly("1", "11", "21", "25");
        assertThat(out.toString(UTF_8)).doesNotContain("\r", "\u001b");
    }

    @Test
    void aRemarkStandsAboveTheLine() {
        LiveLine line = line(true);
        run(line, 1, 1000);
        out.reset();
        line.say("resumed from step 400");
        assertThat(out.toString(UTF_8))
                .startsWith("\r\u001b[Kresumed from step 400\n\rsft")
                .endsWith("\u001b[K");
    }

    @Test
    void timeLeftFollowsTheSpeedAndIgnoresStepsDoneBefore() {
        var timeLeft = new TimeLeft();
        timeLeft.reached(400, now); // resumed here
        assertThat(timeLeft.seconds(500)).isEmpty();
        for (int step = 401; step <= 450; step++) {
            timeLeft.reached(step, now = now.plusSeconds(2));
        }
        assertThat(timeLeft.seconds(500).orElseThrow()).isCloseTo(100, within(1e-6)); // 50 steps of 2 s
    }

    private LiveLine line(boolean terminal) {
        LiveLine line = new LiveLine(new PrintStream(out, false, UTF_8), terminal, () -> now, () -> 0);
        line.begin("sft");
        return line;
    }

    private void run(LiveLine line, int steps, long millisecondsEach) {
        SequencedMap<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("loss", 0.5);
        for (int step = 1; step <= steps; step++) {
            now = now.plusMillis(millisecondsEach);
            line.step(step, steps, numbers);
        }
    }
}

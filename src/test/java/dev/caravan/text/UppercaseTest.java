package dev.caravan.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UppercaseTest {
    @Property(tries = 2000)
    void textsAreWhatTheLibraryMakesOfThem(@ForAll String text) {
        assertThat(Uppercase.of(text)).isEqualTo(text.toUpperCase(Locale.ROOT));
    }

    @Test
    void runsOfCharactersThatBecomeSeveralTakeNoLongerThanOthers() {
        String text = "ßﬃ".repeat(500_000);
        long started = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(Uppercase.of(text)).isEqualTo("SSFFI".repeat(500_000));
        long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started;
        assertThat(taken).isLessThan(5_000_000_000L); // the library needs minutes
    }
}

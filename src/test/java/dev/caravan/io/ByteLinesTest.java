package dev.caravan.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ByteLinesTest {
    @Property(tries = 300)
    void linesAreThoseBetweenNewlinesHoweverTheStreamComes(
            @ForAll @StringLength(max = 60) @CharRange(from = '\n', to = '\r') String text,
            @ForAll @IntRange(min = 1, max = 7) int atATime)
            throws IOException {
        var lines = new ByteLines(slow(text.getBytes(UTF_8), atATime));
        var read = new ArrayList<String>();
        while (lines.next()) read.add(lines.text() + (lines.ended() ? "\n" : ""));
        assertThat(read).isEqualTo(text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)")));
    }

    @Property(tries = 100)
    void longLinesAreCountedButNotKept(
            @ForAll @IntRange(max = 300_000) int before, @ForAll @IntRange(min = 1, max = 9_000) int atATime)
            throws IOException {
        int longest = 20_000;
        byte[] bytes = ("x".repeat(before) + "\nlast").getBytes(UTF_8);
        var lines = new ByteLines(slow(bytes, atATime), longest, 7);
        assertThat(lines.next()).isTrue();
        assertThat(lines.size()).isEqualTo(before);
        assertThat(lines.length()).isBetween(Math.min(before, longest), longest + (1 << 16));
        assertThat(lines.next()).isTrue();
        assertThat(lines.text()).isEqualTo("last");
        assertThat(lines.number()).isEqualTo(8);
        assertThat(lines.next()).isFalse();
    }

    @Test
    void replacementCharacterIsTextAndBrokenUtf8IsNot() throws IOException {
        var sound = new ByteLines(new ByteArrayInputStream("\uFEFFa\uFFFD".getBytes(UTF_8)));
        assertThat(sound.next()).isTrue();
        assertThat(sound.text()).isEqualTo("a\uFFFD");
        var broken = new ByteLines(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff}));
        assertThat(broken.next()).isTrue();
        assertThatThrownBy(broken::text).isInstanceOf(CharacterCodingException.class);
    }

    /// A stream that never gives more than a few bytes.
    private static InputStream slow(byte[] bytes, int atATime) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int most) {
                return super.read(into, from, Math.min(most, atATime));
            }
        };
    }
}

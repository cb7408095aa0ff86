package dev.caravan.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ByteLinesTest {
    /// A stream that hands over few bytes at a time.
    private static InputStream few(String text, int most) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(most, length));
            }
        };
    }

    private static List<String> read(ByteLines lines) throws IOException {
        var read = new ArrayList<String>();
        while (lines.next()) read.add(lines.number() + ":" + lines.fullLength() + ":" + lines.text());
        return read;
    }

    @Property
    void linesEndAtNewlinesHoweverTheBytesArrive(
            @ForAll @Chars({'a', '\n', '\r', '\u2028'}) String text, @ForAll @IntRange(min = 1, max = 9) int most)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) lines.removeLast();
        var expected = new ArrayList<String>();
        for (String line : lines) {
            int bytes = line.getBytes(StandardCharsets.UTF_8).length;
            expected.add(expected.size() + 1 + ":" + bytes + ":" + line);
        }
        assertThat(read(new ByteLines(few(text, most)))).isEqualTo(expected);
    }

    @Property
    void longLinesAreCutAndCounted(
            @ForAll @Chars({'a', 'b', '\n'}) @StringLength(max = 60) String text,
            @ForAll @IntRange(min = 1, max = 9) int most,
            @ForAll @IntRange(min = 1, max = 9) int longest)
            throws IOException {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) lines.removeLast();
        var expected = new ArrayList<String>();
        for (String line : lines) {
            String cut = line.substring(0, Math.min(longest, line.length()));
            expected.add(expected.size() + 5 + ":" + line.length() + ":" + cut);
        }
        assertThat(read(new ByteLines(few(text, most), longest, 5))).isEqualTo(expected);
    }

    @Test
    void lineLongerThanTheBufferIsWhole() throws IOException {
        String line = "x".repeat(300_000);
        var lines = new ByteLines(few("\uFEFF" + line + "\ny", 70_000));
        assertThat(lines.next()).isTrue();
        assertThat(lines.text()).isEqualTo(line);
        assertThat(lines.whole()).isTrue();
        assertThat(lines.next()).isTrue();
        assertThat(lines.text()).isEqualTo("y");
        assertThat(lines.whole()).isFalse();
        assertThat(lines.next()).isFalse();
    }
}

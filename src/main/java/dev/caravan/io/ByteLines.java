package dev.caravan.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Lines of bytes that end at `\n` and nowhere else: a JSON text may hold U+2028 and its like. The current line
/// lies in [#buffer] from [#start], [#length] bytes long, until the next one is read.
public final class ByteLines {
    private static final int INITIAL_BYTES = 1 << 16;

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[INITIAL_BYTES];
    private int start;
    private int length;
    private long dropped;
    private boolean whole;
    private int next; // where the line after this one begins
    private int filled;
    private long number;

    public ByteLines(InputStream in) {
        this(in, Integer.MAX_VALUE, 1);
    }

    /// @param longest bytes of a line that are kept; what stands behind them is counted only
    /// @param first number of the first line; that of a file, the first of all, may begin with a byte order mark
    public ByteLines(InputStream in, int longest, long first) {
        this.in = in;
        this.longest = longest;
        number = first - 1;
    }

    /// Goes to the next line; false at the end of the stream.
    public boolean next() throws IOException {
        dropped = 0;
        int newline = newlineFrom(next);
        while (newline < 0) {
            drop();
            int searched = filled - next;
            if (!fill()) break;
            newline = newlineFrom(next + searched);
        }
        whole = newline >= 0;
        int end = whole ? newline : filled;
        start = next;
        length = Math.min(longest, end - start);
        dropped += end - start - length;
        next = whole ? newline + 1 : filled;
        number++;
        return whole || length > 0;
    }

    public byte[] buffer() {
        return buffer;
    }

    public int start() {
        return start;
    }

    public int length() {
        return length;
    }

    /// The current line's length before it was cut.
    public long fullLength() {
        return length + dropped;
    }

    /// Whether the current line ends with a newline; only the last may lack it.
    public boolean whole() {
        return whole;
    }

    /// The current line's number.
    public long number() {
        return number;
    }

    /// The current line, of the first one without its byte order mark.
    public String text() throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(buffer, start, length))
                .toString();
        return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    public boolean isBlank() {
        for (int i = start; i < start + length; i++) {
            if (buffer[i] > ' ' || buffer[i] < 0) return false;
        }
        return true;
    }

    /// Whether the next line is not here yet and the stream may keep us waiting for it.
    public boolean mayWait() throws IOException {
        return newlineFrom(next) < 0 && in.available() == 0;
    }

    private int newlineFrom(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') return i;
        }
        return -1;
    }

    /// Forgets what a line that is not over yet has too much.
    private void drop() {
        int surplus = Math.max(0, filled - next - longest);
        dropped += surplus;
        filled -= surplus;
    }

    /// Reads what the stream has, after moving what is left of the buffer to its front or into a larger one.
    private boolean fill() throws IOException {
        int kept = filled - next;
        byte[] target = kept > buffer.length / 2 ? new byte[Math.multiplyExact(buffer.length, 2)] : buffer;
        System.arraycopy(buffer, next, target, 0, kept);
        buffer = target;
        next = 0;
        filled = kept;
        int read = in.read(buffer, kept, buffer.length - kept);
        filled += Math.max(read, 0);
        return read > 0;
    }
}

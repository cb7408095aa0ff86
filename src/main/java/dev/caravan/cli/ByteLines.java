package dev.caravan.cli;

import java.io.IOException;
import java.io.InputStream;

/// Lines of bytes that end at `\n` and nowhere else: a JSON text may hold U+2028 and its like. The current line
/// lies in [#buffer] from [#start], [#length] bytes long, until the next one is read.
final class ByteLines {
    private static final int INITIAL_BYTES = 1 << 16;

    private final InputStream in;
    private byte[] buffer = new byte[INITIAL_BYTES];
    private int start;
    private int length;
    private int next; // where the line after this one begins
    private int filled;
    private long number;

    ByteLines(InputStream in) {
        this.in = in;
    }

    /// Goes to the next line; false at the end of the stream.
    boolean next() throws IOException {
        int newline = newlineFrom(next);
        while (newline < 0) {
            int searched = filled - next;
            if (!fill()) break;
            newline = newlineFrom(next + searched);
        }
        int end = newline < 0 ? filled : newline;
        start = next;
        length = end - start;
        next = newline < 0 ? filled : newline + 1;
        number++;
        return newline >= 0 || length > 0;
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }

    /// The current line's number, from 1.
    long number() {
        return number;
    }

    boolean isBlank() {
        for (int i = start; i < start + length; i++) {
            if (buffer[i] > ' ' || buffer[i] < 0) return false;
        }
        return true;
    }

    /// Whether the next line is not here yet and the stream may keep us waiting for it.
    boolean mayWait() throws IOException {
        return newlineFrom(next) < 0 && in.available() == 0;
    }

    private int newlineFrom(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') return i;
        }
        return -1;
    }

    /// Reads what the stream has, after moving what is left of the buffer to its front or into a larger one.
    private boolean fill() throws IOException {
        int kept = filled - next;
        byte[] target = kept > buffer.length / 2 ? new byte[Math.multiplyExact(buffer.length, 2)] : buffer;
        System.arraycopy(buffer, next, target, 0, kept);
        buffer = target;
        next = 0;
        int read = in.read(buffer, kept, buffer.length - kept);
        filled = kept + Math.max(read, 0);
        return read > 0;
    }
}

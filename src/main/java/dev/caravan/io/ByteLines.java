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
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[INITIAL_BYTES];
    private int start;
    private int length;
    private long size;
    private boolean ended;
    private int next; // where the line after this one begins
    private int filled;
    private long number;

    public ByteLines(InputStream in) {
        this(in, Integer.MAX_VALUE, 1);
    }

    /// @param longest bytes from which on not all of a line is kept
    /// @param firstLine number of the first line, from 1
    public ByteLines(InputStream in, int longest, long firstLine) {
        this.in = in;
        this.longest = longest;
        this.number = firstLine - 1;
    }

    /// Goes to the next line; false at the end of the stream.
    public boolean next() throws IOException {
        long dropped = 0;
        int newline = newlineFrom(next);
        while (newline < 0) {
            int searched = Math.min(filled - next, longest);
            dropped += filled - next - searched;
            filled = next + searched;
            if (!fill()) break;
            newline = newlineFrom(next + searched);
        }
        take(newline, dropped);
        return ended || size > 0;
    }

    private void take(int newline, long dropped) {
        int end = newline < 0 ? filled : newline;
        start = next;
        length = end - start;
        size = length + dropped;
        ended = newline >= 0;
        next = ended ? newline + 1 : filled;
        number++;
    }

    public byte[] buffer() {
        return buffer;
    }

    public int start() {
        return start;
    }

    /// How many bytes of the line are kept: all, unless there are more than the longest line may have.
    public int length() {
        return length;
    }

    /// How many bytes the line has.
    public long size() {
        return size;
    }

    /// Whether a newline ends the line; only the last one may lack it.
    public boolean ended() {
        return ended;
    }

    /// The current line's number.
    public long number() {
        return number;
    }

    /// The line as text, without the mark of the byte order that the first one may begin with.
    ///
    /// @throws CharacterCodingException when it is no UTF-8
    public String text() throws CharacterCodingException {
        String text = new String(buffer, start, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) requireUtf8(); // which may also stand there itself
        return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private void requireUtf8() throws CharacterCodingException {
        var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, start, length));
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

    /// Reads what the stream has, after moving what is left of the buffer to its front or into a larger one.
    private boolean fill() throws IOException {
        int kept = filled - next;
        byte[] target = kept > buffer.length / 2 ? new byte[Math.multiplyExact(buffer.length, 2)] : buffer;
        System.arraycopy(buffer, next, target, 0, kept);
        buffer = target;
        next = 0;
        filled = kept;
        int read = in.read(buffer, kept, buffer.length - kept);
        filled = kept + Math.max(read, 0);
        return read > 0;
    }
}

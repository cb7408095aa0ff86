package dev.caravan.model;

import dev.caravan.DataException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the little-endian values of a GGUF header one after the other and refuses to run past the end of the file.
final class GgufCursor {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Arrays of arrays may nest so deep; no known file nests at all.
    private static final int MAX_NESTING = 4;

    private final Path file;
    private final MemorySegment bytes;
    private long position;

    GgufCursor(Path file, MemorySegment bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    long position() {
        return position;
    }

    int int32(String what) {
        return bytes.get(INT, advance(Integer.BYTES, what));
    }

    long int64(String what) {
        return bytes.get(LONG, advance(Long.BYTES, what));
    }

    /// A count or an extent: 8 bytes, not negative.
    long count(String what) {
        long count = int64(what);
        if (count < 0) {
            throw bad("%s is %s; the file is corrupt", what, Long.toUnsignedString(count));
        }
        return count;
    }

    /// A UTF-8 string after its length in bytes.
    String string(String what) {
        long length = count("the length of " + what);
        long start = advance(length, what);
        byte[] text = bytes.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(text, StandardCharsets.UTF_8);
    }

    /// A metadata value: whole numbers become `Long`, real ones `Double`, arrays `List<Object>`.
    Object value(String key) {
        return value(int32("the type of " + key), key, 0);
    }

    private Object value(int type, String key, int nesting) {
        return switch (type) {
            case 0 -> (long) Byte.toUnsignedInt(int8(key));
            case 1 -> (long) int8(key);
            case 2 -> (long) Short.toUnsignedInt(int16(key));
            case 3 -> (long) int16(key);
            case 4 -> Integer.toUnsignedLong(int32(key));
            case 5 -> (long) int32(key);
            case 6 -> shortest(Float.intBitsToFloat(int32(key)));
            case 7 -> int8(key) != 0;
            case 8 -> string(key);
            case 9 -> array(key, nesting);
            case 10, 11 -> int64(key);
            case 12 -> Double.longBitsToDouble(int64(key));
            default -> throw bad("%s has the value type %d; known: 0…12", key, type);
        };
    }

    private List<Object> array(String key, int nesting) {
        if (nesting == MAX_NESTING) {
            throw bad("%s nests arrays more than %d deep", key, MAX_NESTING);
        }
        int type = int32("the element type of " + key);
        long length = count("the length of " + key);
        if (length > bytes.byteSize() - position) { // an element takes a byte at least
            throw cutShort(length, key);
        }
        List<Object> values = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            values.add(value(type, key, nesting + 1));
        }
        return values;
    }

    /// The double that the shortest decimal of a float means: 1e-5, not 9.99999974737875e-6.
    private static double shortest(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    private byte int8(String what) {
        return bytes.get(ValueLayout.JAVA_BYTE, advance(1, what));
    }

    private short int16(String what) {
        return bytes.get(SHORT, advance(Short.BYTES, what));
    }

    private long advance(long length, String what) {
        if (length > bytes.byteSize() - position) {
            throw cutShort(length, what);
        }
        long start = position;
        position += length;
        return start;
    }

    private DataException cutShort(long length, String what) {
        return bad(
                "ends at byte %d, but %s needs %d from byte %d; the file is cut short or corrupt",
                bytes.byteSize(), what, length, position);
    }

    DataException bad(String rule, Object... values) {
        return new DataException(file + ": " + rule.formatted(values));
    }
}

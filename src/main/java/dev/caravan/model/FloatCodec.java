package dev.caravan.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Stored numbers to float32 and back, in chunks that stay in the processor's cache.
///
/// The loops run over plain arrays because the compiler turns those into vector instructions; a chunk is copied in
/// and out whole. All types are little-endian, in safetensors as in GGUF.
final class FloatCodec {
    /// Elements a chunk; a multiple of every block length.
    private static final int CHUNK = 8192;

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private FloatCodec() {}

    /// Decodes the first `count` elements of a chunk into `floats`.
    private interface Decoder {
        void decode(MemorySegment chunk, float[] floats, int count);
    }

    /// Encodes the first `count` of `floats` into a chunk.
    private interface Encoder {
        void encode(float[] floats, int count, MemorySegment chunk);
    }

    /// Widens or dequantises stored elements into float32.
    ///
    /// @param source the bytes of the elements, no more and no less
    /// @param destination 4 bytes an element
    static void decode(ElementType type, MemorySegment source, MemorySegment destination) {
        long elements = destination.byteSize() / Float.BYTES;
        if (source.byteSize() != type.bytes(elements) || destination.byteSize() != elements * Float.BYTES) {
            throw new IllegalArgumentException("%d bytes of %s do not fill %d bytes of float32"
                    .formatted(source.byteSize(), type, destination.byteSize()));
        }
        if (type == ElementType.F32) {
            destination.copyFrom(source);
            return;
        }
        Decoder decoder = decoder(type);
        float[] floats = new float[CHUNK];
        for (long first = 0; first < elements; first += CHUNK) {
            int count = (int) Math.min(CHUNK, elements - first);
            decoder.decode(source.asSlice(type.bytes(first), type.bytes(count)), floats, count);
            MemorySegment.copy(floats, 0, destination, FLOAT, first * Float.BYTES, count);
        }
    }

    /// Narrows float32 to `F32`, `F16` or `BF16`, rounding to nearest, ties to even.
    static void encode(MemorySegment source, ElementType type, MemorySegment destination) {
        if (type == ElementType.F32) {
            destination.copyFrom(source);
            return;
        }
        long elements = source.byteSize() / Float.BYTES;
        Encoder encoder = encoder(type);
        float[] floats = new float[CHUNK];
        for (long first = 0; first < elements; first += CHUNK) {
            int count = (int) Math.min(CHUNK, elements - first);
            MemorySegment.copy(source, FLOAT, first * Float.BYTES, floats, 0, count);
            encoder.encode(floats, count, destination.asSlice(type.bytes(first), type.bytes(count)));
        }
    }

    private static Decoder decoder(ElementType type) {
        return switch (type) {
            case F32 -> throw new IllegalArgumentException("F32 needs no decoder");
            case F16, BF16, I16 -> shortDecoder(type);
            case F64 -> FloatCodec::doublesToFloats;
            case I64 -> FloatCodec::longsToFloats;
            case I32 -> FloatCodec::intsToFloats;
            case I8 -> FloatCodec::signedBytesToFloats;
            case U8, BOOL -> FloatCodec::unsignedBytesToFloats;
            case Q8_0, Q4_0, Q4_1 -> blockDecoder(type);
        };
    }

    private static Decoder shortDecoder(ElementType type) {
        short[] raw = new short[CHUNK];
        return (chunk, floats, count) -> {
            MemorySegment.copy(chunk, SHORT, 0, raw, 0, count);
            switch (type) {
                case F16 -> float16ToFloats(raw, floats, count);
                case BF16 -> bfloat16ToFloats(raw, floats, count);
                default -> shortsToFloats(raw, floats, count);
            }
        };
    }

    private static Decoder blockDecoder(ElementType type) {
        byte[] raw = new byte[Math.toIntExact(type.bytes(CHUNK))];
        return (chunk, floats, count) -> {
            MemorySegment.copy(chunk, BYTE, 0, raw, 0, Math.toIntExact(chunk.byteSize()));
            int blocks = count / type.blockElements();
            switch (type) {
                case Q8_0 -> q80ToFloats(raw, floats, blocks);
                case Q4_0 -> q40ToFloats(raw, floats, blocks);
                default -> q41ToFloats(raw, floats, blocks);
            }
        };
    }

    private static Encoder encoder(ElementType type) {
        short[] raw = new short[CHUNK];
        return switch (type) {
            case F16 ->
                (floats, count, chunk) -> {
                    floatsToFloat16(floats, raw, count);
                    MemorySegment.copy(raw, 0, chunk, SHORT, 0, count);
                };
            case BF16 ->
                (floats, count, chunk) -> {
                    floatsToBfloat16(floats, raw, count);
                    MemorySegment.copy(raw, 0, chunk, SHORT, 0, count);
                };
            default -> throw new IllegalArgumentException("cannot write " + type + ": one of F32, F16, BF16");
        };
    }

    private static void float16ToFloats(short[] raw, float[] floats, int count) {
        for (int i = 0; i < count; i++) {
            floats[i] = Float.float16ToFloat(raw[i]);
        }
    }

    private static void bfloat16ToFloats(short[] raw, float[] floats, int count) {
        for (int i = 0; i < count; i++) {
            floats[i] = Float.intBitsToFloat(raw[i] << 16);
        }
    }

    private static void floatsToFloat16(float[] floats, short[] raw, int count) {
        for (int i = 0; i < count; i++) {
            raw[i] = Float.floatToFloat16(floats[i]);
        }
    }

    private static void floatsToBfloat16(float[] floats, short[] raw, int count) {
        for (int i = 0; i < count; i++) {
            raw[i] = bfloat16(floats[i]);
        }
    }

    /// The nearest bfloat16, ties to even. A NaN keeps its sign and leading payload and is made quiet.
    static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int rounded = bits + 0x7FFF + ((bits >>> 16) & 1);
        return (short) ((Float.isNaN(value) ? bits | 0x400000 : rounded) >>> 16);
    }

    private static void shortsToFloats(short[] raw, float[] floats, int count) {
        for (int i = 0; i < count; i++) {
            floats[i] = raw[i];
        }
    }

    private static void doublesToFloats(MemorySegment chunk, float[] floats, int count) {
        for (int i = 0; i < count; i++) {
            floats[i] = (float) chunk.getAtIndex(DOUBLE, i);
        }
    }

    private static void longsToFloats(MemorySegment chunk, float[] floats, int count) {
        for (int i = 0; i < count; i++) {
            floats[i] = chunk.getAtIndex(LONG, i);
        }
    }

    private static void intsToFloats(MemorySegment chunk, float[] floats, int count) {
        for (int i = 0; i < count; i++) {
            floats[i] = chunk.getAtIndex(INT, i);
        }
    }

    private static void signedBytesToFloats(MemorySegment chunk, float[] floats, int count) {
        for (int i = 0; i < count; i++) {
            floats[i] = chunk.get(BYTE, i);
        }
    }

    private static void unsignedBytesToFloats(MemorySegment chunk, float[] floats, int count) {
        for (int i = 0; i < count; i++) {
            floats[i] = Byte.toUnsignedInt(chunk.get(BYTE, i));
        }
    }

    /// A block is a float16 scale and 32 signed bytes.
    private static void q80ToFloats(byte[] raw, float[] floats, int blocks) {
        for (int block = 0; block < blocks; block++) {
            int at = block * 34;
            float scale = float16(raw, at);
            for (int i = 0; i < 32; i++) {
                floats[block * 32 + i] = scale * raw[at + 2 + i];
            }
        }
    }

    /// A block is a float16 scale and 16 bytes: values 0–15 in the low half bytes, 16–31 in the high ones, 8 is zero.
    private static void q40ToFloats(byte[] raw, float[] floats, int blocks) {
        for (int block = 0; block < blocks; block++) {
            int at = block * 18;
            float scale = float16(raw, at);
            for (int i = 0; i < 16; i++) {
                floats[block * 32 + i] = scale * ((raw[at + 2 + i] & 15) - 8);
                floats[block * 32 + 16 + i] = scale * (((raw[at + 2 + i] >> 4) & 15) - 8);
            }
        }
    }

    /// As `Q4_0`, but with a float16 minimum after the scale in place of the fixed zero.
    private static void q41ToFloats(byte[] raw, float[] floats, int blocks) {
        for (int block = 0; block < blocks; block++) {
            int at = block * 20;
            float scale = float16(raw, at);
            float minimum = float16(raw, at + 2);
            for (int i = 0; i < 16; i++) {
                floats[block * 32 + i] = scale * (raw[at + 4 + i] & 15) + minimum;
                floats[block * 32 + 16 + i] = scale * ((raw[at + 4 + i] >> 4) & 15) + minimum;
            }
        }
    }

    private static float float16(byte[] raw, int at) {
        return Float.float16ToFloat((short) ((raw[at] & 0xFF) | (raw[at + 1] << 8)));
    }
}

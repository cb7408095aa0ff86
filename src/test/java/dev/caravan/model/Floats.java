package dev.caravan.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Float arrays in and out of weight files.
final class Floats {
    private Floats() {}

    static float[] of(Weights weights, String name) {
        float[] values = new float[Math.toIntExact(weights.elements(name))];
        weights.copyAsFloat(name, MemorySegment.ofArray(values));
        return values;
    }

    static float[] decode(ElementType type, byte[] stored, int count) {
        float[] values = new float[count];
        FloatCodec.decode(type, MemorySegment.ofArray(stored), MemorySegment.ofArray(values));
        return values;
    }

    static byte[] encode(ElementType type, float... values) {
        byte[] stored = new byte[Math.toIntExact(type.bytes(values.length))];
        FloatCodec.encode(MemorySegment.ofArray(values), type, MemorySegment.ofArray(stored));
        return stored;
    }

    /// Any NaN as the one canonical NaN, so that arrays can be compared bit by bit.
    static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        return bits;
    }

    static StoredTensor tensor(String name, ElementType type, long[] shape, float... values) {
        return StoredTensor.of(name, type, shape, () -> MemorySegment.ofArray(values));
    }

    static byte[] safeTensors(StoredTensor... tensors) {
        var out = new ByteArrayOutputStream();
        try {
            SafeTensors.write(Channels.newChannel(out), List.of(tensors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

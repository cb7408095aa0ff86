package dev.caravan.model;

import dev.caravan.DataException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// One [GGUF](https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) file, version 2 or 3, little-endian, as it
/// lies on disk: ggml's tensor names and q and k permuted, but shapes already outermost first.
record GgufFile(GgufMetadata metadata, SequencedMap<String, MappedTensor> tensors) {
    static final int MAGIC = 0x46554747; // "GGUF"
    private static final long DEFAULT_ALIGNMENT = 32;
    private static final int MAX_DIMENSIONS = 4;

    /// A tensor as the header describes it; `offset` counts from the start of the data.
    private record Entry(String name, ElementType type, List<Long> shape, long offset, long bytes) {}

    static GgufFile map(Path file, Arena arena) {
        MemorySegment bytes = MappedTensor.map(file, arena);
        GgufCursor cursor = new GgufCursor(file, bytes);
        checkMagicAndVersion(cursor);
        long tensorCount = cursor.count("the number of tensors");
        GgufMetadata metadata = metadata(cursor, file);
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < tensorCount; i++) {
            entries.add(entry(cursor));
        }
        long alignment = alignment(metadata);
        long start = Math.ceilDiv(cursor.position(), alignment) * alignment;
        return new GgufFile(metadata, slice(cursor, entries, bytes, start, alignment));
    }

    private static void checkMagicAndVersion(GgufCursor cursor) {
        int magic = cursor.int32("the magic number");
        if (magic != MAGIC) {
            throw cursor.bad("does not begin with GGUF; not a GGUF file");
        }
        int version = cursor.int32("the version");
        if (version != 2 && version != 3) {
            throw cursor.bad(
                    "GGUF version must be 2 or 3, got %d%s",
                    version, (version & 0xFFFF) == 0 ? "; big-endian files are not supported" : "");
        }
    }

    private static GgufMetadata metadata(GgufCursor cursor, Path file) {
        long count = cursor.count("the number of metadata keys");
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            String key = cursor.string("a metadata key");
            if (values.put(key, cursor.value("metadata key " + key)) != null) {
                throw cursor.bad("metadata key %s occurs twice", key);
            }
        }
        return new GgufMetadata(file, values);
    }

    private static long alignment(GgufMetadata metadata) {
        String key = "general.alignment";
        long alignment = metadata.has(key) ? metadata.integer(key) : DEFAULT_ALIGNMENT;
        if (alignment <= 0 || Long.bitCount(alignment) != 1) {
            throw metadata.wrong(key, alignment, "a power of two");
        }
        return alignment;
    }

    /// Name, extents (innermost first), type, offset.
    private static Entry entry(GgufCursor cursor) {
        String name = cursor.string("a tensor's name");
        int dimensions = cursor.int32("the number of dimensions of " + name);
        if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
            throw cursor.bad("tensor \"%s\": must have 0 to %d dimensions, got %d", name, MAX_DIMENSIONS, dimensions);
        }
        List<Long> innermostFirst = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            innermostFirst.add(cursor.count("the shape of " + name));
        }
        ElementType type = type(cursor, name);
        long offset = cursor.count("the offset of " + name);
        List<Long> shape = List.copyOf(innermostFirst.reversed());
        return new Entry(name, type, shape, offset, bytes(cursor, name, type, shape));
    }

    private static ElementType type(GgufCursor cursor, String name) {
        int type = cursor.int32("the type of " + name);
        return switch (type) {
            case 0 -> ElementType.F32;
            case 1 -> ElementType.F16;
            case 2 -> ElementType.Q4_0;
            case 3 -> ElementType.Q4_1;
            case 8 -> ElementType.Q8_0;
            case 24 -> ElementType.I8;
            case 25 -> ElementType.I16;
            case 26 -> ElementType.I32;
            case 27 -> ElementType.I64;
            case 28 -> ElementType.F64;
            case 30 -> ElementType.BF16;
            default ->
                throw cursor.bad(
                        "tensor \"%s\": ggml type %d%s is not supported; known: F32, F16, BF16, Q8_0, Q4_0, Q4_1",
                        name, type, knownElsewhere(type));
        };
    }

    private static String knownElsewhere(int type) {
        return switch (type) {
            case 6 -> " (Q5_0)";
            case 7 -> " (Q5_1)";
            case 10 -> " (Q2_K)";
            case 11 -> " (Q3_K)";
            case 12 -> " (Q4_K)";
            case 13 -> " (Q5_K)";
            case 14 -> " (Q6_K)";
            default -> "";
        };
    }

    private static long bytes(GgufCursor cursor, String name, ElementType type, List<Long> shape) {
        long row = shape.isEmpty() ? 1 : shape.getLast();
        if (row % type.blockElements() != 0) {
            throw cursor.bad(
                    "tensor \"%s\": rows of %s must be a multiple of %d long, got %d",
                    name, type, type.blockElements(), row);
        }
        try {
            return type.bytes(shape.stream().reduce(1L, Math::multiplyExact));
        } catch (ArithmeticException e) {
            throw cursor.bad("tensor \"%s\": shape %s is too large", name, shape);
        }
    }

    /// The tensors in the order of their bytes, which may neither overlap nor leave the file.
    private static SequencedMap<String, MappedTensor> slice(
            GgufCursor cursor, List<Entry> entries, MemorySegment bytes, long start, long alignment) {
        SequencedMap<String, MappedTensor> tensors = new LinkedHashMap<>();
        long available = Math.max(0, bytes.byteSize() - start);
        long end = 0;
        for (Entry entry :
                entries.stream().sorted(Comparator.comparingLong(Entry::offset)).toList()) {
            checkRange(cursor, entry, end, available, alignment);
            end = entry.offset() + entry.bytes();
            long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
            MemorySegment slice =
                    entry.bytes() == 0 ? MemorySegment.NULL : bytes.asSlice(start + entry.offset(), entry.bytes());
            if (tensors.put(entry.name(), new MappedTensor(entry.type(), shape, slice)) != null) {
                throw cursor.bad("tensor \"%s\" occurs twice", entry.name());
            }
        }
        return tensors;
    }

    private static void checkRange(GgufCursor cursor, Entry entry, long before, long available, long alignment) {
        if (entry.offset() % alignment != 0) {
            throw wrongOffset(cursor, entry, "must be a multiple of the alignment, " + alignment);
        }
        if (entry.offset() < before) {
            throw wrongOffset(cursor, entry, "lies inside the tensor before it, which ends at " + before);
        }
        if (entry.bytes() > available - entry.offset()) {
            throw wrongOffset(
                    cursor,
                    entry,
                    "and %d bytes run past the %d bytes of data; the file is cut short or corrupt"
                            .formatted(entry.bytes(), available));
        }
    }

    private static DataException wrongOffset(GgufCursor cursor, Entry entry, String rule) {
        return cursor.bad("tensor \"%s\": offset %d %s", entry.name(), entry.offset(), rule);
    }
}

package dev.caravan.model;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/// One safetensors file: the header's length (8 bytes), the header (a JSON object: type, shape and byte range of each
/// tensor), and the bytes.
///
/// The ranges must cover the data without a gap or an overlap, as the reference implementation demands: then no byte
/// of a file can go unnoticed.
final class SafeTensorsFile {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int LENGTH_BYTES = Long.BYTES;

    /// The reference implementation's limit, 100 MB.
    private static final long MAX_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final int WRITE_CHUNK = 1 << 20;

    private final Path file;
    private final MemorySegment bytes;
    private final MemorySegment data;

    private SafeTensorsFile(Path file, MemorySegment bytes) {
        this.file = file;
        this.bytes = bytes;
        this.data = bytes.asSlice(LENGTH_BYTES + headerLength());
    }

    /// A tensor as the header describes it.
    private record Entry(String name, ElementType type, List<Long> shape, long begin, long end) {}

    static SequencedMap<String, MappedTensor> map(Path file, Arena arena) {
        return new SafeTensorsFile(file, MappedTensor.map(file, arena)).tensors();
    }

    private long headerLength() {
        if (bytes.byteSize() < LENGTH_BYTES) {
            throw bad("has %d bytes, too few for a safetensors header; the file is cut short", bytes.byteSize());
        }
        long length = bytes.get(LONG, 0);
        if (length < 2 || length > MAX_HEADER) {
            throw bad(
                    "header length %s is outside 2…%d; not a safetensors file",
                    Long.toUnsignedString(length), MAX_HEADER);
        }
        if (length > bytes.byteSize() - LENGTH_BYTES) {
            throw bad(
                    "header of %d bytes does not fit the file of %d bytes; the file is cut short",
                    length, bytes.byteSize());
        }
        return length;
    }

    private SequencedMap<String, MappedTensor> tensors() {
        List<Entry> entries = header().properties().stream()
                .filter(property -> !property.getKey().equals(METADATA))
                .map(property -> entry(property.getKey(), property.getValue()))
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
        checkRangesCoverData(entries);
        SequencedMap<String, MappedTensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
            MemorySegment slice = data.asSlice(entry.begin(), entry.end() - entry.begin());
            tensors.put(entry.name(), new MappedTensor(entry.type(), shape, slice));
        }
        return tensors;
    }

    private JsonNode header() {
        byte[] text = bytes.asSlice(LENGTH_BYTES, headerLength()).toArray(ValueLayout.JAVA_BYTE);
        try {
            JsonNode header = Json.mapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .readTree(text);
            if (!header.isObject()) {
                throw bad("header must be a JSON object");
            }
            return header;
        } catch (JacksonException e) {
            throw new DataException("%s: header is not valid JSON: %s".formatted(file, Json.problem(e)), e);
        }
    }

    private Entry entry(String name, JsonNode json) {
        ElementType type = type(name, json.path("dtype"));
        List<Long> shape = longs(name, json, "shape");
        List<Long> offsets = longs(name, json, "data_offsets");
        if (offsets.size() != 2) {
            throw badTensor(name, "data_offsets %s must be two numbers", offsets);
        }
        Entry entry = new Entry(name, type, shape, offsets.getFirst(), offsets.getLast());
        checkRange(entry);
        return entry;
    }

    private ElementType type(String name, JsonNode dtype) {
        return Arrays.stream(ElementType.values())
                .filter(type -> !type.isQuantised() && type.name().equals(dtype.asString("")))
                .findFirst()
                .orElseThrow(() -> badTensor(
                        name,
                        "dtype %s is not supported; known: F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL",
                        dtype));
    }

    private List<Long> longs(String name, JsonNode json, String key) {
        JsonNode array = json.path(key);
        boolean valid = array.isArray()
                && array.valueStream()
                        .allMatch(n -> n.isIntegralNumber() && n.canConvertToLong() && n.longValue() >= 0);
        if (!valid) {
            throw badTensor(name, "%s must be a list of numbers from 0 on, got %s", key, array);
        }
        return array.valueStream().map(JsonNode::longValue).toList();
    }

    private void checkRange(Entry entry) {
        if (entry.begin() > entry.end() || entry.end() > data.byteSize()) {
            throw badTensor(
                    entry.name(),
                    "data_offsets [%d, %d] must lie in order within the %d bytes of data; the file is cut short or corrupt",
                    entry.begin(),
                    entry.end(),
                    data.byteSize());
        }
        long bytes = bytes(entry);
        if (bytes != entry.end() - entry.begin()) {
            throw badTensor(
                    entry.name(),
                    "shape %s of %s takes %d bytes, but data_offsets [%d, %d] span %d",
                    entry.shape(),
                    entry.type(),
                    bytes,
                    entry.begin(),
                    entry.end(),
                    entry.end() - entry.begin());
        }
    }

    private long bytes(Entry entry) {
        try {
            long elements = entry.shape().stream().reduce(1L, Math::multiplyExact);
            return entry.type().bytes(elements);
        } catch (ArithmeticException e) {
            throw badTensor(entry.name(), "shape %s is too large", entry.shape());
        }
    }

    private void checkRangesCoverData(List<Entry> entries) {
        long covered = 0;
        for (Entry entry : entries) {
            if (entry.begin() != covered) {
                throw badTensor(
                        entry.name(),
                        "data_offsets [%d, %d] %s the tensor before it, which ends at %d",
                        entry.begin(),
                        entry.end(),
                        entry.begin() < covered ? "overlap" : "leave a gap after",
                        covered);
            }
            covered = entry.end();
        }
        if (covered != data.byteSize()) {
            throw bad(
                    "%d bytes of data, but the tensors end at %d; trailing bytes are not allowed",
                    data.byteSize(), covered);
        }
    }

    private DataException bad(String rule, Object... values) {
        return new DataException(file + ": " + rule.formatted(values));
    }

    private DataException badTensor(String name, String rule, Object... values) {
        return bad("tensor \"%s\": %s", name, rule.formatted(values));
    }

    static void write(WritableByteChannel out, List<StoredTensor> tensors) throws IOException {
        writeFully(out, ByteBuffer.wrap(headerBytes(tensors)));
        for (StoredTensor tensor : tensors) {
            writeValues(out, tensor);
        }
    }

    /// The length and the header, padded with spaces to a multiple of 8 bytes so that the data is aligned.
    private static byte[] headerBytes(List<StoredTensor> tensors) {
        byte[] json = Json.write(headerOf(tensors)).getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(json.length, 8) * 8;
        byte[] bytes = new byte[LENGTH_BYTES + padded];
        Arrays.fill(bytes, (byte) ' ');
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
        return bytes;
    }

    private static Map<String, Object> headerOf(List<StoredTensor> tensors) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put(METADATA, Map.of("format", "pt"));
        long begin = 0;
        for (StoredTensor tensor : tensors) {
            long end = begin + tensor.bytes();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", tensor.type().name());
            entry.put("shape", tensor.shape());
            entry.put("data_offsets", List.of(begin, end));
            if (header.put(tensor.name(), entry) != null) {
                throw new IllegalArgumentException("two tensors have the name " + tensor.name());
            }
            begin = end;
        }
        return header;
    }

    private static void writeValues(WritableByteChannel out, StoredTensor tensor) throws IOException {
        MemorySegment floats = tensor.values().get();
        if (floats.byteSize() != tensor.elements() * Float.BYTES) {
            throw new IllegalArgumentException("%s: %d bytes of float32 given for shape %s"
                    .formatted(tensor.name(), floats.byteSize(), tensor.shape()));
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(WRITE_CHUNK);
        long chunk = WRITE_CHUNK / tensor.type().bytes(1);
        for (long first = 0; first < tensor.elements(); first += chunk) {
            long count = Math.min(chunk, tensor.elements() - first);
            buffer.clear().limit(Math.toIntExact(tensor.type().bytes(count)));
            MemorySegment values = floats.asSlice(first * Float.BYTES, count * Float.BYTES);
            FloatCodec.encode(values, tensor.type(), MemorySegment.ofBuffer(buffer));
            writeFully(out, buffer);
        }
    }

    private static void writeFully(WritableByteChannel out, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }
}

package dev.caravan.recipe;

import dev.caravan.io.Store;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The metrics of a run as TensorBoard reads them: one folder for each stage with one event file of scalars.
///
/// An event file is a sequence of TFRecords; a record is its length (8 bytes), the masked CRC-32C of those bytes, an
/// `Event` protobuf, and the masked CRC-32C of that. All numbers are little-endian. `Event` has wall_time = 1
/// (double), step = 2 (int64), file_version = 3 (string), summary = 5; `Summary` has repeated value = 1, with tag =
/// 1 (string) and simple_value = 2 (float). TensorBoard asks for a wall time; it gets the step in seconds, so that
/// the same metrics give the same bytes.
public final class TensorBoard {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;

    private TensorBoard() {}

    /// Writes `tensorboard/STAGE/events.out.tfevents.0.caravan` into the run folder for each stage that measured
    /// something.
    public static void write(Store store, Path run) {
        ReportRun.read(run).metrics().forEach((stage, metrics) -> {
            Path folder = run.resolve("tensorboard").resolve(stage);
            store.createFolder(folder);
            byte[] events = events(metrics);
            store.write(folder.resolve("events.out.tfevents.0.caravan"), out -> out.write(events));
        });
    }

    /// @param metrics for each quantity its values by step
    static byte[] events(Map<String, SortedMap<Long, Double>> metrics) {
        var out = new ByteArrayOutputStream();
        byte[] version = bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(record(join(List.of(float64(1, 0), version))));
        byStep(metrics).forEach((step, values) -> {
            byte[] event = join(List.of(float64(1, step), integer(2, step), bytes(5, join(values))));
            out.writeBytes(record(event));
        });
        return out.toByteArray();
    }

    private static SortedMap<Long, List<byte[]>> byStep(Map<String, SortedMap<Long, Double>> metrics) {
        var byStep = new TreeMap<Long, List<byte[]>>();
        metrics.forEach((tag, values) -> values.forEach((step, value) -> byStep.computeIfAbsent(
                        step, _ -> new ArrayList<>())
                .add(bytes(
                        1,
                        join(List.of(
                                bytes(1, tag.getBytes(StandardCharsets.UTF_8)), float32(2, value.floatValue())))))));
        return byStep;
    }

    private static byte[] record(byte[] event) {
        byte[] length = littleEndian(Long.BYTES).putLong(event.length).array();
        return littleEndian(length.length + event.length + 2 * Integer.BYTES)
                .put(length)
                .putInt(maskedCrc(length))
                .put(event)
                .putInt(maskedCrc(event))
                .array();
    }

    /// The checksum is rotated and shifted, because a CRC of data that holds its own CRC says nothing.
    static int maskedCrc(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    private static byte[] float64(int field, double value) {
        return littleEndian(1 + Double.BYTES)
                .put(key(field, EIGHT_BYTES))
                .putDouble(value)
                .array();
    }

    private static byte[] float32(int field, float value) {
        return littleEndian(1 + Float.BYTES)
                .put(key(field, FOUR_BYTES))
                .putFloat(value)
                .array();
    }

    private static byte[] integer(int field, long value) {
        return join(List.of(new byte[] {key(field, VARINT)}, varint(value)));
    }

    private static byte[] bytes(int field, byte[] value) {
        return join(List.of(new byte[] {key(field, LENGTH_DELIMITED)}, varint(value.length), value));
    }

    private static byte key(int field, int type) {
        return (byte) (field << 3 | type);
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    private static byte[] varint(long value) {
        var out = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] join(List<byte[]> parts) {
        var out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

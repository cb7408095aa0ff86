package dev.caravan.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Puts a GGUF file together byte by byte, so that tests can make right and wrong ones.
final class GgufBytes {
    private static final int ALIGNMENT = 32;

    private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private int keys;
    private int tensors;

    /// The metadata of a Llama with one layer, 2 heads of 4 and one key-value head.
    static GgufBytes llama() {
        return new GgufBytes()
                .text("general.architecture", "llama")
                .integer("llama.block_count", 1)
                .integer("llama.context_length", 64)
                .integer("llama.embedding_length", 32)
                .integer("llama.feed_forward_length", 32)
                .integer("llama.attention.head_count", 2)
                .integer("llama.attention.head_count_kv", 1)
                .integer("llama.attention.key_length", 4)
                .real("llama.attention.layer_norm_rms_epsilon", 1e-5f)
                .real("llama.rope.freq_base", 100_000);
    }

    /// All tensors that [#llama] needs; element i of the query matrix is i.
    GgufBytes llamaTensors() {
        float[] queries = new float[8 * 32];
        for (int i = 0; i < queries.length; i++) {
            queries[i] = i;
        }
        return floats("blk.0.attn_q.weight", queries, 32, 8)
                .floats("blk.0.attn_k.weight", new float[4 * 32], 32, 4)
                .floats("blk.0.attn_v.weight", new float[4 * 32], 32, 4)
                .floats("blk.0.attn_output.weight", new float[32 * 8], 8, 32)
                .floats("blk.0.attn_norm.weight", new float[32], 32)
                .floats("blk.0.ffn_norm.weight", new float[32], 32)
                .floats("blk.0.ffn_gate.weight", new float[32 * 32], 32, 32)
                .floats("blk.0.ffn_up.weight", new float[32 * 32], 32, 32)
                .floats("blk.0.ffn_down.weight", new float[32 * 32], 32, 32)
                .floats("output_norm.weight", new float[32], 32)
                .floats("token_embd.weight", new float[3 * 32], 32, 3);
    }

    GgufBytes integer(String key, int value) {
        return key(key, 4).put(metadata, int32(value));
    }

    GgufBytes real(String key, float value) {
        return key(key, 6).put(metadata, int32(Float.floatToRawIntBits(value)));
    }

    GgufBytes flag(String key, boolean value) {
        return key(key, 7).put(metadata, new byte[] {(byte) (value ? 1 : 0)});
    }

    GgufBytes text(String key, String value) {
        return key(key, 8).put(metadata, string(value));
    }

    GgufBytes texts(String key, List<String> values) {
        key(key, 9).put(metadata, int32(8)).put(metadata, int64(values.size()));
        values.forEach(value -> put(metadata, string(value)));
        return this;
    }

    GgufBytes integers(String key, List<Integer> values) {
        key(key, 9).put(metadata, int32(5)).put(metadata, int64(values.size()));
        values.forEach(value -> put(metadata, int32(value)));
        return this;
    }

    /// @param type the value's type by number
    GgufBytes raw(String key, int type, byte[] value) {
        return key(key, type).put(metadata, value);
    }

    /// @param shape innermost first, as GGUF has it
    GgufBytes floats(String name, float[] values, long... shape) {
        return tensor(name, 0, Floats.encode(ElementType.F32, values), shape);
    }

    /// @param type ggml's number of the type
    GgufBytes tensor(String name, int type, byte[] bytes, long... shape) {
        tensors++;
        put(entries, string(name)).put(entries, int32(shape.length));
        for (long extent : shape) {
            put(entries, int64(extent));
        }
        put(entries, int32(type)).put(entries, int64(data.size())).put(data, bytes);
        return pad(data, data.size());
    }

    byte[] build() {
        return build(GgufFile.MAGIC, 3);
    }

    byte[] build(int magic, int version) {
        var file = new ByteArrayOutputStream();
        put(file, int32(magic))
                .put(file, int32(version))
                .put(file, int64(tensors))
                .put(file, int64(keys));
        put(file, metadata.toByteArray()).put(file, entries.toByteArray());
        pad(file, file.size()).put(file, data.toByteArray());
        return file.toByteArray();
    }

    private GgufBytes key(String key, int type) {
        keys++;
        return put(metadata, string(key)).put(metadata, int32(type));
    }

    private GgufBytes put(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    private GgufBytes pad(ByteArrayOutputStream out, int size) {
        return put(out, new byte[Math.floorMod(-size, ALIGNMENT)]);
    }

    private static byte[] string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + utf8.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(utf8.length)
                .put(utf8)
                .array();
    }

    static byte[] int32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    static byte[] int64(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }
}

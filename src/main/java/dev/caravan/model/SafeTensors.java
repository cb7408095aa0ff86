package dev.caravan.model;

import dev.caravan.DataException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Weights in [safetensors](https://huggingface.co/docs/safetensors) files, mapped into memory: one file, or shards
/// with an index.
public final class SafeTensors implements Weights {
    static final String FILE = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    private final Path source;
    private final Arena arena;
    private final SequencedMap<String, MappedTensor> tensors;

    private SafeTensors(Path source, Arena arena, SequencedMap<String, MappedTensor> tensors) {
        this.source = source;
        this.arena = arena;
        this.tensors = tensors;
    }

    /// Maps a `.safetensors` file, or a folder with `model.safetensors` or with shards that
    /// `model.safetensors.index.json` lists.
    ///
    /// @throws DataException when a file is missing, cut short or contradicts itself
    @SuppressWarnings("MustBeClosed") // the arena closes with the weights
    public static SafeTensors open(Path fileOrFolder) {
        Arena arena = Arena.ofShared();
        try {
            return new SafeTensors(fileOrFolder, arena, map(fileOrFolder, arena));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// Whether [#open] would find weights in this folder.
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE)) || Files.exists(folder.resolve(INDEX));
    }

    private static SequencedMap<String, MappedTensor> map(Path path, Arena arena) {
        if (!Files.isDirectory(path)) {
            return SafeTensorsFile.map(path, arena);
        }
        if (Files.exists(path.resolve(FILE))) {
            return SafeTensorsFile.map(path.resolve(FILE), arena);
        }
        if (Files.exists(path.resolve(INDEX))) {
            return mapShards(path.resolve(INDEX), arena);
        }
        throw new DataException("%s: holds neither %s nor %s".formatted(path, FILE, INDEX));
    }

    /// All shards, in the order of their names; the index must agree with what lies in them.
    private static SequencedMap<String, MappedTensor> mapShards(Path index, Arena arena) {
        Map<String, String> shardOf = weightMap(index);
        SequencedMap<String, MappedTensor> tensors = new LinkedHashMap<>();
        for (String shard : new TreeSet<>(shardOf.values())) {
            SafeTensorsFile.map(index.resolveSibling(shard), arena).forEach((name, tensor) -> {
                if (!shard.equals(shardOf.get(name))) {
                    throw new DataException("%s: tensor \"%s\" lies in %s, but the index says %s"
                            .formatted(index, name, shard, shardOf.getOrDefault(name, "nothing of it")));
                }
                tensors.put(name, tensor);
            });
        }
        shardOf.forEach((name, shard) -> {
            if (!tensors.containsKey(name)) {
                throw new DataException("%s: tensor \"%s\" is not in %s".formatted(index, name, shard));
            }
        });
        return tensors;
    }

    private static Map<String, String> weightMap(Path index) {
        JsonFields json = JsonFields.read(index);
        JsonFields map = json.object("weight_map")
                .orElseThrow(() -> new DataException("%s: weight_map is missing".formatted(index)));
        Map<String, String> shardOf = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.node().properties()) {
            String shard = map.text(entry.getKey()).orElse("");
            if (shard.isEmpty() || shard.contains("/") || shard.contains("\\")) {
                throw map.wrong(entry.getKey(), entry.getValue(), "must name a file beside the index");
            }
            shardOf.put(entry.getKey(), shard);
        }
        return shardOf;
    }

    /// Writes one file, tensor by tensor in the given order; no more than one tensor's numbers are asked for at a
    /// time.
    ///
    /// Equal tensors give equal bytes.
    public static void write(WritableByteChannel out, List<StoredTensor> tensors) throws IOException {
        SafeTensorsFile.write(out, tensors);
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(tensors.sequencedKeySet());
    }

    @Override
    public long[] shape(String name) {
        return tensor(name).shape().clone();
    }

    @Override
    public ElementType type(String name) {
        return tensor(name).type();
    }

    @Override
    public void copyAsFloat(String name, MemorySegment destination) {
        MappedTensor tensor = tensor(name);
        FloatCodec.decode(tensor.type(), tensor.bytes(), destination);
    }

    @Override
    public void close() {
        arena.close();
    }

    private MappedTensor tensor(String name) {
        return MappedTensor.find(tensors, name, source);
    }
}

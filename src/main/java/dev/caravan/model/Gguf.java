package dev.caravan.model;

import dev.caravan.DataException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// A Llama in a GGUF file, mapped into memory and shown as Hugging Face lays it out: names, shapes and the order of
/// the rows of q and k.
///
/// Rotary positions turn pairs of dimensions. ggml pairs neighbours, Hugging Face pairs the halves of a head, so the
/// rows of q and k are interleaved in the file; they are put back as they are read.
public final class Gguf implements Weights {
    private static final String ROPE_FACTORS = "rope_freqs.weight";

    private final Path file;
    private final Arena arena;
    private final GgufMetadata metadata;
    private final SequencedMap<String, MappedTensor> tensors;
    private final ModelConfig config;

    private Gguf(Path file, Arena arena, GgufFile content) {
        this.file = file;
        this.arena = arena;
        this.metadata = content.metadata();
        Architecture.ofModelType(metadata.text("general.architecture"), file);
        this.tensors = underHuggingFaceNames(content.tensors());
        this.config = new GgufConfig(metadata, tensors).read(ropeFactors(content));
    }

    /// Maps a `.gguf` file.
    ///
    /// @throws DataException when the file is missing, cut short or contradicts itself, or holds another
    ///     architecture or a type of quantisation that is not supported
    @SuppressWarnings("MustBeClosed") // the arena closes with the weights
    public static Gguf open(Path file) {
        Arena arena = Arena.ofShared();
        try {
            Gguf gguf = new Gguf(file, arena, GgufFile.map(file, arena));
            ModelTensors.check(gguf.config, gguf, file);
            return gguf;
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private SequencedMap<String, MappedTensor> underHuggingFaceNames(SequencedMap<String, MappedTensor> stored) {
        SequencedMap<String, MappedTensor> named = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> {
            if (!name.equals(ROPE_FACTORS)) {
                named.put(huggingFaceName(name), tensor);
            }
        });
        return named;
    }

    private String huggingFaceName(String name) {
        return GgufNames.toHuggingFace(name)
                .orElseThrow(
                        () -> new DataException("%s: tensor \"%s\" has no place in a Llama".formatted(file, name)));
    }

    /// What the frequencies of the rotary positions are divided by, one factor a pair; empty when there is no
    /// scaling.
    private static float[] ropeFactors(GgufFile content) {
        MappedTensor factors = content.tensors().get(ROPE_FACTORS);
        if (factors == null) {
            return new float[0];
        }
        float[] values = new float[Math.toIntExact(StoredTensor.elements(factors.shape()))];
        FloatCodec.decode(factors.type(), factors.bytes(), MemorySegment.ofArray(values));
        return values;
    }

    /// The model's configuration, from the metadata.
    public ModelConfig config() {
        return config;
    }

    /// The tokenizer in the metadata, or empty when there is none.
    public Optional<GgufTokenizer> tokenizer() {
        return GgufTokenizer.in(metadata);
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
        if (name.endsWith(".q_proj.weight") || name.endsWith(".k_proj.weight")) {
            decodeHeads(tensor, destination);
        } else {
            FloatCodec.decode(tensor.type(), tensor.bytes(), destination);
        }
    }

    /// Decodes head by head and puts the rows of each back in order.
    private void decodeHeads(MappedTensor tensor, MemorySegment destination) {
        long rowBytes = tensor.shape()[1] * Float.BYTES;
        long headBytes = config.headDimension() * rowBytes;
        long storedBytes = tensor.type().bytes(config.headDimension() * tensor.shape()[1]);
        long heads = tensor.shape()[0] / config.headDimension();
        MemorySegment head = MemorySegment.ofArray(new float[Math.toIntExact(headBytes / Float.BYTES)]);
        for (long i = 0; i < heads; i++) {
            FloatCodec.decode(tensor.type(), tensor.bytes().asSlice(i * storedBytes, storedBytes), head);
            HeadRows.deinterleave(head, destination.asSlice(i * headBytes, headBytes), rowBytes);
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private MappedTensor tensor(String name) {
        return MappedTensor.find(tensors, name, file);
    }
}

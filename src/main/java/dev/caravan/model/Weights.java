package dev.caravan.model;

import java.lang.foreign.MemorySegment;
import java.util.SequencedSet;

/// The stored tensors of a model under their Hugging Face names, such as `model.layers.0.self_attn.q_proj.weight`.
///
/// Matrices are row-major, `[out, in]`. Nothing is decoded before it is asked for, so that a model larger than the
/// heap can be opened; the files stay mapped until [#close].
public interface Weights extends AutoCloseable {
    /// All names, in the order of the file.
    SequencedSet<String> names();

    /// The extents, outermost first; empty for a scalar.
    ///
    /// @throws dev.caravan.DataException naming the nearest names when there is no such tensor
    long[] shape(String name);

    /// The type in which the tensor is stored.
    ///
    /// @throws dev.caravan.DataException when there is no such tensor
    ElementType type(String name);

    /// Writes the tensor into `destination` as float32 in the machine's order, row-major.
    ///
    /// @param destination native or heap memory of exactly 4 bytes an element
    /// @throws dev.caravan.DataException when there is no such tensor
    void copyAsFloat(String name, MemorySegment destination);

    /// How many numbers the tensor has.
    default long elements(String name) {
        return StoredTensor.elements(shape(name));
    }

    @Override
    void close();
}

package dev.caravan.model;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// A tensor on its way into a file: what the header says, and where its numbers come from when their turn has come.
///
/// @param type the type to be stored: `F32`, `F16` or `BF16`
/// @param shape the extents, outermost first
/// @param values the numbers as float32, row-major; asked for once, when all earlier tensors have been written, and
///     free to be reused after that
public record StoredTensor(String name, ElementType type, List<Long> shape, Supplier<MemorySegment> values) {
    public StoredTensor {
        shape = List.copyOf(shape);
        if (type != ElementType.F32 && type != ElementType.F16 && type != ElementType.BF16) {
            throw new IllegalArgumentException(
                    "%s cannot be stored as %s: one of F32, F16, BF16".formatted(name, type));
        }
    }

    public static StoredTensor of(String name, ElementType type, long[] shape, Supplier<MemorySegment> values) {
        return new StoredTensor(name, type, Arrays.stream(shape).boxed().toList(), values);
    }

    long elements() {
        return elements(shape.stream().mapToLong(Long::longValue).toArray());
    }

    long bytes() {
        return type.bytes(elements());
    }

    /// The product of the extents; 1 for a scalar.
    ///
    /// @throws ArithmeticException when it does not fit a `long`
    static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}

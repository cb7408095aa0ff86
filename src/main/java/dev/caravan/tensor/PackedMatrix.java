package dev.caravan.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;

/// A bfloat16 weight in the order in which the processor's matrix unit reads it.
///
/// A product with few rows spends most of its time on bringing the weight into that order; where many such products
/// follow each other, as in decoding, it is done once. The numbers of a product are the same as those of
/// [Tensor#linear].
public final class PackedMatrix implements AutoCloseable {
    private final Tensor packed;
    private final IValue[] settings; // what follows input and weight: bias, function, its numbers, its variant

    private PackedMatrix(Tensor packed, IValue[] settings) {
        this.packed = packed;
        this.settings = settings;
    }

    /// Whether this weight can be packed: the engine was built for this kind of processor, and the weight lies in its
    /// memory.
    public static boolean fits(Tensor weight) {
        return !weight.isFloat32() && !weight.handle().is_cuda() && Operator.PACKED_LINEAR.exists();
    }

    /// @param weight `[out, in]`, copied
    /// @param rows of most of the products to come
    public static PackedMatrix of(Tensor weight, int rows) {
        try (var _ = new PointerScope()) {
            Tensor packed =
                    Tensor.op("pack", () -> Operator.PACK_WEIGHT.call(weight.boxed(), new IValue((long) rows)), weight);
            var none = new GenericList(Operator.PACKED_LINEAR.entryType(4));
            IValue[] settings = {new IValue(), new IValue("none"), new IValue(none), new IValue()};
            for (IValue setting : settings) {
                setting.retainReference();
            }
            return new PackedMatrix(packed.keep(), settings);
        }
    }

    /// `x · weightᵀ`.
    public Tensor linear(Tensor x) {
        return Tensor.op(
                "linear",
                () -> Operator.PACKED_LINEAR.call(
                        x.boxed(), packed.boxed(), settings[0], settings[1], settings[2], settings[3]),
                x);
    }

    @Override
    public void close() {
        packed.close();
        for (IValue setting : settings) {
            setting.releaseReference();
        }
    }
}

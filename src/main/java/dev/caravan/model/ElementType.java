package dev.caravan.model;

/// How the numbers of a stored tensor are encoded.
///
/// The `Q` types are ggml's block quantisations: 32 neighbouring values of a row share a scale (and, for `Q4_1`, a
/// minimum), so that a block has a fixed number of bytes.
public enum ElementType {
    F64(1, 8),
    F32(1, 4),
    F16(1, 2),
    BF16(1, 2),
    I64(1, 8),
    I32(1, 4),
    I16(1, 2),
    I8(1, 1),
    U8(1, 1),
    BOOL(1, 1),
    Q8_0(32, 34),
    Q4_0(32, 18),
    Q4_1(32, 20);

    private final int blockElements;
    private final int blockBytes;

    ElementType(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /// How many values are stored together: 1, or 32 for the quantised types.
    public int blockElements() {
        return blockElements;
    }

    public boolean isQuantised() {
        return blockElements > 1;
    }

    /// The bytes that so many elements take.
    ///
    /// @throws ArithmeticException when the product does not fit a `long`
    public long bytes(long elements) {
        return Math.multiplyExact(Math.ceilDiv(elements, blockElements), (long) blockBytes);
    }

    /// The name by which PyTorch and `config.json` call this type, such as `bfloat16`.
    String torchName() {
        return switch (this) {
            case F64 -> "float64";
            case F32 -> "float32";
            case F16 -> "float16";
            case BF16 -> "bfloat16";
            case I64 -> "int64";
            case I32 -> "int32";
            case I16 -> "int16";
            case I8 -> "int8";
            case U8 -> "uint8";
            case BOOL -> "bool";
            case Q8_0, Q4_0, Q4_1 -> throw new IllegalArgumentException(this + " is not a PyTorch type");
        };
    }
}

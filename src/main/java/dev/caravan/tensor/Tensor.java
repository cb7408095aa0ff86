package dev.caravan.tensor;

import static org.bytedeco.pytorch.global.torch.ScalarType;

import dev.caravan.TensorException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// An n-dimensional array of float32, bfloat16 or int64 numbers, and the whole boundary to the tensor engine.
///
/// Operations return new tensors and leave their operands alone, but for those whose name ends in `InPlace`. A tensor
/// lives until the innermost [Scope] of its thread closes, or until [#close()] when its owner called [#keep()].
/// Refusals of the engine become a [TensorException] with the operation and the shapes.
public final class Tensor implements AutoCloseable {
    private static final long CACHE_LINE = 64; // bytes
    private static final long[] ANY = {1, 1, 1}; // a shape that stretches to every batch of matrices

    private final org.bytedeco.pytorch.Tensor handle;

    private Tensor(org.bytedeco.pytorch.Tensor handle) {
        this.handle = handle;
    }

    // Making tensors

    public static Tensor of(float[] values, long... shape) {
        requireScope();
        return new Tensor(torch.from_blob(new FloatPointer(values), shape, options(ScalarType.Float))
                .clone());
    }

    public static Tensor of(long[] values, long... shape) {
        requireScope();
        return new Tensor(torch.from_blob(new LongPointer(values), shape, options(ScalarType.Long))
                .clone());
    }

    public static Tensor of(int[] values) {
        return of(Arrays.stream(values).asLongStream().toArray(), values.length);
    }

    public static Tensor zeros(Precision precision, long... shape) {
        requireScope();
        return new Tensor(torch.zeros(shape, options(type(precision))));
    }

    /// Memory as it comes: to be written before it is read.
    public static Tensor uninitialised(Precision precision, long... shape) {
        requireScope();
        return new Tensor(torch.empty(shape, options(type(precision)), new MemoryFormatOptional()));
    }

    /// The same for a tensor of this one's format and shape.
    public Tensor uninitialisedLike() {
        return op("uninitialisedLike", () -> torch.empty_like(handle), this);
    }

    /// A matrix in this tensor's format, to be written before it is read.
    ///
    /// Its rows lie an odd number of cache lines apart where they are whole lines. Rows that lie
    /// a power of two apart share few places of the cache, and products with them take up to 1.3
    /// times as long. Rows that end within a line are not spaced, because products read such a
    /// line to its end.
    public Tensor spaced(long rows, long columns) {
        long line = CACHE_LINE / handle().element_size();
        long apart = columns % line == 0 ? (columns / line | 1) * line : columns;
        return op(
                        "spaced",
                        () -> torch.empty(new long[] {rows, apart}, handle.options(), new MemoryFormatOptional()),
                        this)
                .narrow(1, 0, columns);
    }

    /// The same for a matrix of this one's shape.
    public Tensor spacedLike() {
        return spaced(size(0), size(1));
    }

    public static Tensor full(double value, long... shape) {
        requireScope();
        return new Tensor(torch.full(shape, new Scalar(value), options(ScalarType.Float)));
    }

    public static Tensor cat(int dimension, Tensor... parts) {
        return op("cat", () -> torch.cat(vector(parts), dimension), parts);
    }

    public static Tensor stack(int dimension, Tensor... parts) {
        return op("stack", () -> torch.stack(vector(parts), dimension), parts);
    }

    // Arithmetic

    public Tensor plus(Tensor other) {
        return op("plus", () -> handle.add(other.handle), this, other);
    }

    public Tensor plus(double number) {
        return op("plus", () -> handle.add(new Scalar(number)), this);
    }

    public Tensor minus(Tensor other) {
        return op("minus", () -> handle.sub(other.handle), this, other);
    }

    public Tensor minus(double number) {
        return plus(-number);
    }

    public Tensor times(Tensor other) {
        return op("times", () -> handle.mul(other.handle), this, other);
    }

    public Tensor times(double number) {
        return op("times", () -> handle.mul(new Scalar(number)), this);
    }

    public Tensor div(Tensor other) {
        return op("div", () -> handle.div(other.handle), this, other);
    }

    public Tensor div(double number) {
        return op("div", () -> handle.div(new Scalar(number)), this);
    }

    public Tensor neg() {
        return op("neg", handle::neg, this);
    }

    public Tensor exp() {
        return op("exp", handle::exp, this);
    }

    public Tensor log() {
        return op("log", handle::log, this);
    }

    public Tensor square() {
        return op("square", handle::square, this);
    }

    public Tensor sqrt() {
        return op("sqrt", handle::sqrt, this);
    }

    public Tensor cos() {
        return op("cos", handle::cos, this);
    }

    public Tensor sin() {
        return op("sin", handle::sin, this);
    }

    public Tensor silu() {
        return op("silu", () -> torch.silu(handle), this);
    }

    public Tensor reciprocalSqrt() {
        return op("reciprocalSqrt", handle::rsqrt, this);
    }

    public Tensor logSigmoid() {
        return op("logSigmoid", () -> torch.log_sigmoid(handle), this);
    }

    public Tensor min(Tensor other) {
        return op("min", () -> torch.min(handle, other.handle), this, other);
    }

    public Tensor max(Tensor other) {
        return op("max", () -> torch.max(handle, other.handle), this, other);
    }

    public Tensor clamp(double low, double high) {
        return op(
                "clamp",
                () -> handle.clamp(new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high))),
                this);
    }

    // Products

    /// `this · weightᵀ`: `[n, in] × [out, in] → [n, out]`.
    public Tensor linear(Tensor weight) {
        return op("linear", () -> torch.linear(handle, weight.handle), this, weight);
    }

    public Tensor matmul(Tensor other) {
        return op("matmul", () -> handle.matmul(other.handle), this, other);
    }

    /// `scale · (this · other)` over a leading batch dimension, at no cost for the scale.
    public Tensor scaledProduct(Tensor other, double scale) {
        return op(
                "scaledProduct",
                () -> torch.baddbmm(
                        torch.empty(ANY, handle.options(), new MemoryFormatOptional()), // never read
                        handle,
                        other.handle,
                        new Scalar(0.0),
                        new Scalar(scale)),
                this,
                other);
    }

    /// `bias + scale · (left · right)` over a leading batch dimension; this tensor is the bias.
    public Tensor plusScaledProduct(Tensor left, Tensor right, double scale) {
        return op(
                "plusScaledProduct",
                () -> torch.baddbmm(handle, left.handle, right.handle, new Scalar(1.0), new Scalar(scale)),
                this,
                left,
                right);
    }

    // Reductions

    public Tensor sum() {
        return op("sum", () -> handle.sum(new ScalarTypeOptional()), this);
    }

    public Tensor sum(int dimension) {
        return op("sum", () -> handle.sum(dimension), this);
    }

    public Tensor mean() {
        return op("mean", () -> handle.mean(new ScalarTypeOptional()), this);
    }

    /// The root of the sum of squares, a single number, accumulated in float32.
    public Tensor norm() {
        return op("norm", () -> handle.norm(new ScalarOptional(new Scalar(2.0)), ScalarType.Float), this);
    }

    /// The Euclidean norm of each row, `[rows, 1]`, in float32.
    public Tensor rowNorms() {
        return op(
                "rowNorms",
                () -> torch.linalg_vector_norm(
                        handle, new Scalar(2.0), new long[] {-1}, true, new ScalarTypeOptional(ScalarType.Float)),
                this);
    }

    public Tensor softmax() {
        return op("softmax", () -> handle.softmax(-1), this);
    }

    /// How the gradient of a softmax goes back to its input; this tensor is what [#softmax] returned.
    public Tensor softmaxGradient(Tensor gradient) {
        return op(
                "softmaxGradient",
                () -> Operator.SOFTMAX_GRADIENT.call(
                        gradient.boxed(),
                        boxed(),
                        new IValue(-1L),
                        new IValue(handle.scalar_type().intern())),
                this,
                gradient);
    }

    /// ln softmax over the last dimension, computed and returned in float32 whatever this tensor's format.
    public Tensor logSoftmax() {
        return op("logSoftmax", () -> torch.log_softmax(handle, -1, new ScalarTypeOptional(ScalarType.Float)), this);
    }

    /// ln Σ exp over the last dimension.
    public Tensor logSumExp() {
        return op("logSumExp", () -> torch.logsumexp(handle, -1L), this);
    }

    public Tensor cumulativeSum() {
        return op("cumulativeSum", () -> torch.cumsum(handle, -1), this);
    }

    public Tensor argmax() {
        return op("argmax", () -> torch.argmax(handle, new LongOptional(-1), false), this);
    }

    /// The largest `count` along the last dimension, best first: values and positions.
    public Ranked top(int count) {
        var both = torch.topk(handle, count);
        return new Ranked(new Tensor(both.get0()), new Tensor(both.get1()));
    }

    /// All along the last dimension, largest first: values and positions.
    public Ranked sorted() {
        var both = torch.sort(handle, -1, true);
        return new Ranked(new Tensor(both.get0()), new Tensor(both.get1()));
    }

    /// Values in order with the positions they came from.
    public record Ranked(Tensor values, Tensor positions) {}

    // Choosing

    /// Along the last dimension, the entries that `index` names: `out[i, j] = this[i, index[i, j]]`.
    public Tensor gather(Tensor index) {
        return op("gather", () -> handle.gather(-1, index.handle), this, index);
    }

    public Tensor scatter(Tensor index, Tensor values) {
        return op("scatter", () -> handle.scatter(-1, index.handle, values.handle), this, index, values);
    }

    /// Rows by number.
    public Tensor rows(Tensor index) {
        return op("rows", () -> handle.index_select(0, index.handle), this, index);
    }

    /// In each row of this increasing table, the position of the first entry greater than the row's number.
    public Tensor searchSorted(Tensor numbers) {
        return op(
                "searchSorted",
                () -> torch.searchsorted(
                        handle, numbers.handle, false, true, new StringViewOptional(), new TensorOptional()),
                this,
                numbers);
    }

    public Tensor lessThan(Tensor other) {
        return op("lessThan", () -> handle.lt(other.handle), this, other);
    }

    /// `value` where the condition (as of [#lessThan]) holds, this tensor elsewhere.
    public Tensor maskedFill(Tensor condition, double value) {
        return op("maskedFill", () -> handle.masked_fill(condition.handle, new Scalar(value)), this, condition);
    }

    // Shapes

    public long[] shape() {
        return handle().shape();
    }

    public long size(int dimension) {
        return handle().size(dimension);
    }

    public long count() {
        return handle().numel();
    }

    public Tensor view(long... shape) {
        return op("view", () -> handle.view(shape), this);
    }

    public Tensor reshape(long... shape) {
        return op("reshape", () -> handle.reshape(shape), this);
    }

    public Tensor transpose(int one, int other) {
        return op("transpose", () -> handle.transpose(one, other), this);
    }

    public Tensor narrow(int dimension, long start, long length) {
        return op("narrow", () -> handle.narrow(dimension, start, length), this);
    }

    public Tensor unsqueeze(int dimension) {
        return op("unsqueeze", () -> handle.unsqueeze(dimension), this);
    }

    public Tensor expand(long... shape) {
        return op("expand", () -> handle.expand(shape), this);
    }

    public Tensor repeat(long... times) {
        return op("repeat", () -> handle.repeat(times), this);
    }

    public Tensor contiguous() {
        return op("contiguous", handle::contiguous, this);
    }

    public Tensor copy() {
        return op("copy", handle::clone, this);
    }

    public Tensor to(Precision precision) {
        return op("to", () -> handle.to(type(precision)), this);
    }

    /// In another tensor's number format.
    public Tensor like(Tensor other) {
        return op("like", () -> handle.to(other.handle.scalar_type().intern()), this, other);
    }

    /// Of a tensor of floating-point numbers.
    public Precision precision() {
        return isFloat32() ? Precision.FLOAT32 : Precision.BFLOAT16;
    }

    public boolean isFloat32() {
        return handle().scalar_type().intern() == ScalarType.Float;
    }

    // Changing in place: optimiser, caches, gradient sums

    public Tensor plusInPlace(Tensor other) {
        return inPlace("plusInPlace", () -> handle.add_(other.handle), this, other);
    }

    public Tensor timesInPlace(double number) {
        return inPlace("timesInPlace", () -> handle.mul_(new Scalar(number)), this);
    }

    public Tensor timesInPlace(Tensor other) {
        return inPlace("timesInPlace", () -> handle.mul_(other.handle), this, other);
    }

    public Tensor expInPlace() {
        return inPlace("expInPlace", handle::exp_, this);
    }

    /// `this ← left · right`, entry by entry.
    public Tensor productInPlace(Tensor left, Tensor right) {
        return inPlace("productInPlace", () -> torch.mul_out(handle, left.handle, right.handle), this, left, right);
    }

    /// How the gradient of a silu goes back to its input `x`, written into this tensor.
    public Tensor siluGradientInPlace(Tensor gradient, Tensor x) {
        return inPlace(
                "siluGradientInPlace",
                () -> torch.silu_backward_out(handle, gradient.handle, x.handle),
                this,
                gradient,
                x);
    }

    /// `this ← this + scale · left · right`, entry by entry.
    public Tensor plusProductInPlace(Tensor left, Tensor right, double scale) {
        return inPlace(
                "plusProductInPlace",
                () -> handle.addcmul_(left.handle, right.handle, new Scalar(scale)),
                this,
                left,
                right);
    }

    /// `this ← this + left · right`, a matrix product.
    public Tensor plusMatrixProductInPlace(Tensor left, Tensor right) {
        return inPlace("plusMatrixProductInPlace", () -> handle.addmm_(left.handle, right.handle), this, left, right);
    }

    /// `this ← left · right`, a matrix product.
    public Tensor matmulInPlace(Tensor left, Tensor right) {
        return inPlace("matmulInPlace", () -> torch.mm_out(handle, left.handle, right.handle), this, left, right);
    }

    public Tensor fillInPlace(double number) {
        return inPlace("fillInPlace", () -> handle.fill_(new Scalar(number)), this);
    }

    public Tensor copyInPlace(Tensor source) {
        return inPlace("copyInPlace", () -> handle.copy_(source.handle), this, source);
    }

    /// Adds each row of `rows` to the row of this tensor that `index` names.
    public Tensor addRowsInPlace(Tensor index, Tensor rows) {
        return inPlace("addRowsInPlace", () -> handle.index_add_(0, index.handle, rows.handle), this, index, rows);
    }

    /// Adds `values` at one place a row: `this[i, index[i, 0]] += values[i, 0]`.
    public Tensor scatterAddInPlace(Tensor index, Tensor values) {
        return inPlace(
                "scatterAddInPlace", () -> handle.scatter_add_(-1, index.handle, values.handle), this, index, values);
    }

    /// Replaces along dimension 0 the rows that `index` names.
    public Tensor copyRowsInPlace(Tensor index, Tensor rows) {
        return inPlace("copyRowsInPlace", () -> handle.index_copy_(0, index.handle, rows.handle), this, index, rows);
    }

    // Gradients

    /// A leaf of the backward pass with the same numbers.
    public Tensor leaf() {
        Tensor leaf = detach();
        leaf.handle.set_requires_grad(true);
        return leaf;
    }

    public Tensor detach() {
        return op("detach", handle::detach, this);
    }

    public void backward() {
        call("backward", () -> handle.backward(), this);
    }

    /// Backward from a tensor whose own gradient is known.
    public void backward(Tensor gradient) {
        call(
                "backward",
                () -> handle.backward(gradient.handle, new BoolOptional(false), false, new TensorArrayRefOptional()),
                this,
                gradient);
    }

    /// What the backward pass left at this leaf.
    public Tensor gradient() {
        var gradient = handle().grad(); // an alias of the leaf's own field
        if (!gradient.defined()) {
            throw new IllegalStateException("no gradient has reached this tensor of shape " + shapeText());
        }
        return new Tensor(gradient.detach());
    }

    // Numbers out and in

    public double item() {
        return handle().item_double();
    }

    public float[] toFloats() {
        var flat = handle().to(ScalarType.Float).contiguous();
        var values = new float[(int) flat.numel()];
        new FloatPointer(flat.data_ptr()).get(values);
        return values;
    }

    public long[] toLongs() {
        var flat = handle().to(ScalarType.Long).contiguous();
        var values = new long[(int) flat.numel()];
        new LongPointer(flat.data_ptr()).get(values);
        return values;
    }

    /// The tensor's own memory, valid as long as the tensor; it must lie contiguous on the CPU.
    public MemorySegment memory() {
        if (!handle().is_contiguous() || handle.is_cuda()) {
            throw new IllegalStateException("only a contiguous tensor on the CPU shows its memory, not " + shapeText());
        }
        return MemorySegment.ofAddress(new BytePointer(handle.data_ptr()).address())
                .reinterpret(handle.nbytes());
    }

    // Lifetime

    /// Keeps this tensor past the scope it was made in; the caller owns it and must [#close()] it.
    public Tensor keep() {
        handle().retainReference();
        return this;
    }

    /// Frees a kept tensor at once.
    @Override
    public void close() {
        handle.releaseReference();
    }

    void moveOut(PointerScope inner) {
        var scopes = PointerScope.getScopeIterator();
        if (scopes.next() != inner || !scopes.hasNext()) {
            throw new IllegalStateException("a tensor is passed on from the innermost scope to the one around it");
        }
        scopes.next().attach(handle()); // first held by the outer one, then let go by the inner
        inner.detach(handle);
    }

    org.bytedeco.pytorch.Tensor handle() {
        if (handle.isNull()) {
            throw new IllegalStateException("a tensor was used after its scope closed");
        }
        return handle;
    }

    private static void requireScope() {
        if (PointerScope.getInnerScope() == null) {
            throw new IllegalStateException("no tensor scope is open on thread "
                    + Thread.currentThread().getName());
        }
    }

    // The way to the engine

    static Tensor op(String name, Supplier<org.bytedeco.pytorch.Tensor> call, Tensor... operands) {
        return of(answer(name, call, operands));
    }

    static <T> T answer(String name, Supplier<T> call, Tensor... operands) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw refused(name, e, operands);
        }
    }

    static Tensor of(org.bytedeco.pytorch.Tensor handle) {
        return new Tensor(handle);
    }

    /// The engine answers with an alias of its first operand, which must not be owned twice.
    private static Tensor inPlace(String name, Supplier<org.bytedeco.pytorch.Tensor> call, Tensor... operands) {
        op(name, call, operands);
        return operands[0];
    }

    /// As the engine's table of operators takes it.
    IValue boxed() {
        return new IValue(handle());
    }

    static void call(String name, Runnable call, Tensor... operands) {
        answer(
                name,
                () -> {
                    call.run();
                    return name;
                },
                operands);
    }

    private static RuntimeException refused(String name, RuntimeException cause, Tensor... operands) {
        for (Tensor operand : operands) {
            operand.handle(); // a closed operand is the real reason
        }
        String shapes = Arrays.stream(operands).map(Tensor::shapeText).collect(Collectors.joining(" and "));
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
        return new TensorException(name + " of " + shapes + ": " + reason, cause);
    }

    private String shapeText() {
        return Arrays.toString(handle.shape());
    }

    private static TensorVector vector(Tensor... parts) {
        return new TensorVector(Arrays.stream(parts).map(t -> t.handle).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }

    private static ScalarType type(Precision precision) {
        return precision == Precision.FLOAT32 ? ScalarType.Float : ScalarType.BFloat16;
    }

    private static TensorOptions options(ScalarType type) {
        return new TensorOptions(type);
    }
}

package dev.caravan.model;

import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.PackedMatrix;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import it.unimi.dsi.fastutil.ints.Int2IntLinkedOpenHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One weight of a model: the numbers that products use and, when it is trained, a float32 master copy and a
/// gradient.
///
/// Weights that are always used together (query, key and value; gate and up) are stored as one matrix; [#parts()]
/// says under which public names its rows are known.
public final class Parameter implements AutoCloseable {
    /// Rows of a parameter under the name that weight files use.
    public record Part(String name, long[] shape, long firstRow) {}

    private static final int PACKED_ROWS = 256; // with more the engine brings the weight into order in no time
    private static final int SPACED_ROWS = 128; // decoding has fewer: there one more call costs more than it saves
    private static final int PACKED_COUNT = 1 << 18; // smaller weights stay in the cache anyway

    private final List<Part> parts;
    private final Optional<Tensor> master;
    private final Tensor compute;
    private @Nullable Tensor gradient;
    private @Nullable PackedMatrix packed; // the same numbers as in compute

    private Parameter(List<Part> parts, Optional<Tensor> master, Tensor compute) {
        this.parts = List.copyOf(parts);
        this.master = master;
        this.compute = compute;
    }

    /// A weight that training changes. `values` is float32 and becomes the master copy.
    static Parameter trained(List<Part> parts, Tensor values, Precision precision) {
        Tensor master = values.keep();
        Tensor compute = (precision == Precision.FLOAT32 ? master.detach() : master.to(precision)).keep();
        return new Parameter(parts, Optional.of(master), compute);
    }

    /// A weight that stays as it is.
    static Parameter frozen(List<Part> parts, Tensor values, Precision precision) {
        return new Parameter(parts, Optional.empty(), values.to(precision).keep());
    }

    public List<Part> parts() {
        return parts;
    }

    /// The first public name: what messages and checkpoints call it.
    public String name() {
        return parts.getFirst().name();
    }

    public long count() {
        return compute.count();
    }

    /// The weight in the precision of matrix products; kept up to date when trained.
    public Tensor value() {
        return compute;
    }

    /// `x · valueᵀ`.
    Tensor linear(Tensor x) {
        PackedMatrix ready = packed;
        return ready != null && x.size(0) <= PACKED_ROWS ? ready.linear(x) : x.linear(compute);
    }

    /// The same into a matrix with [spaced rows][Tensor#spaced].
    Tensor spacedLinear(Tensor x) {
        return x.size(0) < SPACED_ROWS
                ? linear(x)
                : x.spaced(x.size(0), compute.size(0)).matmulInPlace(x, compute.transpose(0, 1));
    }

    /// Makes products with so many rows faster until [#unpack]; the weight must not change before that.
    void pack(int rows) {
        if (packed == null && compute.count() >= PACKED_COUNT && PackedMatrix.fits(compute)) {
            packed = PackedMatrix.of(compute, Math.min(rows, PACKED_ROWS));
        }
    }

    void unpack() {
        if (packed != null) {
            packed.close();
            packed = null;
        }
    }

    /// The float32 numbers: the master copy when trained.
    public Tensor master() {
        return master.orElse(compute);
    }

    public boolean isTrained() {
        return master.isPresent();
    }

    /// The gradient collected since it was last cleared.
    public Optional<Tensor> gradient() {
        return Optional.ofNullable(gradient);
    }

    /// Adds a matrix product to the gradient of a weight that is trained.
    void addProduct(Tensor left, Tensor right) {
        if (!isTrained()) {
            return;
        }
        Tensor sum = gradient;
        if (sum != null && sum.isFloat32() && right.isFloat32()) {
            sum.plusMatrixProductInPlace(left, right);
        } else {
            addGradient(left.matmul(right));
        }
    }

    /// Adds to the gradient. The first one is kept in its own format; sums are float32.
    void addGradient(Tensor addend) {
        Tensor before = gradient;
        if (before == null) {
            gradient = addend.keep();
            return;
        }
        if (before.isFloat32()) {
            before.plusInPlace(addend);
            return;
        }
        gradient = before.to(Precision.FLOAT32).plusInPlace(addend).keep();
        before.close();
    }

    /// Adds to some rows of the gradient. What comes together at one row is summed in float32, with what is there
    /// already, and rounded once to the gradient's own format.
    ///
    /// @param rows which rows, in any order, also more than once
    /// @param addends `[rows, columns]`
    void addRows(int[] rows, Tensor addends) {
        Tensor sum = gradient;
        if (sum == null) {
            sum = Tensor.zeros(Precision.FLOAT32, compute.shape()).like(compute).keep();
            gradient = sum;
        }
        if (sum.isFloat32()) {
            sum.addRowsInPlace(Tensor.of(rows), addends.to(Precision.FLOAT32));
            return;
        }
        var places = new Int2IntLinkedOpenHashMap();
        var place = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int next = places.size();
            place[i] = places.computeIfAbsent(rows[i], _ -> next);
        }
        Tensor different = Tensor.of(places.keySet().toIntArray());
        Tensor sums = sum.rows(different).to(Precision.FLOAT32);
        sums.addRowsInPlace(Tensor.of(place), addends.to(Precision.FLOAT32));
        sum.copyRowsInPlace(different, sums.like(sum));
    }

    public void clearGradient() {
        if (gradient != null) {
            gradient.close();
            gradient = null;
        }
    }

    /// Brings [#value()] up to date after the master copy changed.
    public void masterChanged() {
        masterChanged(0, count());
    }

    /// The same for some of the numbers, in the order in which they lie in memory.
    public void masterChanged(long from, long count) {
        if (!compute.isFloat32()) {
            try (var _ = NoGradient.on()) {
                numbers(compute, from, count).copyInPlace(numbers(master(), from, count));
            }
        }
    }

    private static Tensor numbers(Tensor whole, long from, long count) {
        return whole.view(whole.count()).narrow(0, from, count);
    }

    /// The float32 numbers of one part.
    public Tensor part(Part part) {
        return parts.size() == 1 ? master() : master().narrow(0, part.firstRow(), part.shape()[0]);
    }

    @Override
    public void close() {
        clearGradient();
        unpack();
        master.ifPresent(Tensor::close);
        compute.close();
    }
}

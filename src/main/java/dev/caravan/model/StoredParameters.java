package dev.caravan.model;

import dev.caravan.DataException;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;

/// Parameters read from a weight file.
///
/// @param trained whether they get a master copy and gradients
record StoredParameters(Weights weights, Precision precision, boolean trained) implements ParameterSource {
    @Override
    public Parameter matrix(long columns, Rows... rows) {
        try (var _ = Scope.open()) {
            long total = Arrays.stream(rows).mapToLong(Rows::count).sum();
            Tensor values = Tensor.uninitialised(Precision.FLOAT32, total, columns);
            var parts = new ArrayList<Parameter.Part>();
            long row = 0;
            for (Rows part : rows) {
                long[] shape = {part.count(), columns};
                read(part.name(), shape, values.narrow(0, row, part.count()));
                parts.add(new Parameter.Part(part.name(), shape, row));
                row += part.count();
            }
            return trained ? Parameter.trained(parts, values, precision) : Parameter.frozen(parts, values, precision);
        }
    }

    @Override
    public Parameter norm(String name, long size) {
        try (var _ = Scope.open()) {
            Tensor values = Tensor.uninitialised(Precision.FLOAT32, size);
            long[] shape = {size};
            read(name, shape, values);
            var parts = java.util.List.of(new Parameter.Part(name, shape, 0));
            return trained ? Parameter.trained(parts, values, precision) : Parameter.frozen(parts, values, precision);
        }
    }

    private void read(String name, long[] shape, Tensor destination) {
        long[] stored = weights.shape(name);
        if (!Arrays.equals(stored, shape)) {
            throw new DataException(
                    "tensor " + name + " has the shape " + Arrays.toString(stored) + ", but config.json asks for "
                            + Arrays.toString(shape) + "; are weights and config.json of the same model?");
        }
        weights.copyAsFloat(name, destination.memory());
    }

    /// The same, with zeros for one name whether or not the file has it.
    ParameterSource withZeros(String zeroName) {
        return new ParameterSource() {
            @Override
            public Parameter matrix(long columns, Rows... rows) {
                return rows[0].name().equals(zeroName)
                        ? zeros(columns, rows[0])
                        : StoredParameters.this.matrix(columns, rows);
            }

            @Override
            public Parameter norm(String name, long size) {
                return StoredParameters.this.norm(name, size);
            }
        };
    }

    private Parameter zeros(long columns, Rows rows) {
        try (var _ = Scope.open()) {
            long[] shape = {rows.count(), columns};
            var parts = java.util.List.of(new Parameter.Part(rows.name(), shape, 0));
            return Parameter.trained(parts, Tensor.zeros(Precision.FLOAT32, shape), precision);
        }
    }
}

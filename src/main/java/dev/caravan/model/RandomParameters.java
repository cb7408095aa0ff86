package dev.caravan.model;

import dev.caravan.data.Draws;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;

/// Fresh parameters: each number depends on the seed, its public name and its place alone.
record RandomParameters(double deviation, long seed, Precision precision) implements ParameterSource {
    @Override
    public Parameter matrix(long columns, Rows... rows) {
        try (var _ = Scope.open()) {
            long total = Arrays.stream(rows).mapToLong(Rows::count).sum();
            Tensor values = Tensor.uninitialised(Precision.FLOAT32, total, columns);
            var parts = new ArrayList<Parameter.Part>();
            long row = 0;
            for (Rows part : rows) {
                fill(part.name(), values.narrow(0, row, part.count()).memory());
                parts.add(new Parameter.Part(part.name(), new long[] {part.count(), columns}, row));
                row += part.count();
            }
            return Parameter.trained(parts, values, precision);
        }
    }

    @Override
    public Parameter norm(String name, long size) {
        try (var _ = Scope.open()) {
            long[] shape = {size};
            var parts = java.util.List.of(new Parameter.Part(name, shape, 0));
            return Parameter.trained(parts, Tensor.full(1, shape), precision);
        }
    }

    private void fill(String name, MemorySegment memory) {
        var draws = new Draws(seed, name);
        long count = memory.byteSize() / Float.BYTES;
        for (long i = 0; i < count; i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (deviation * draws.normal(i)));
        }
    }
}

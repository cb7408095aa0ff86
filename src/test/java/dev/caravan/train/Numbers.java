package dev.caravan.train;

import dev.caravan.tensor.Tensor;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;

/// Numbers out of rows of known answers.
final class Numbers {
    private Numbers() {}

    /// All numbers of nested lists, in order; true counts 1, "NaN" is NaN.
    static double[] flat(JsonNode node) {
        return stream(node).toArray();
    }

    private static DoubleStream stream(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().flatMapToDouble(Numbers::stream);
        }
        if (node.isBoolean()) {
            return DoubleStream.of(node.asBoolean() ? 1 : 0);
        }
        return DoubleStream.of(node.isString() ? Double.parseDouble(node.asString()) : node.asDouble());
    }

    static float[] floats(JsonNode node) {
        double[] numbers = flat(node);
        var floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    static int[] ints(JsonNode node) {
        return node.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    static Tensor vector(JsonNode node) {
        float[] floats = floats(node);
        return Tensor.of(floats, floats.length);
    }

    static double[] doubles(float[] floats) {
        var doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    static double[] doubles(Tensor tensor) {
        return doubles(tensor.toFloats());
    }
}

package dev.caravan.train;

import dev.caravan.model.Architecture;
import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelConfig;
import dev.caravan.model.Parameter;
import dev.caravan.model.Rope;
import dev.caravan.model.Sequence;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Models of a few thousand weights, and rows for them.
final class TinyModels {
    static final int VOCABULARY = 32;

    private TinyModels() {}

    static ModelConfig config(int vocabulary, int hidden, boolean tied) {
        return new ModelConfig(
                Architecture.LLAMA,
                vocabulary,
                hidden,
                2 * hidden,
                2,
                2,
                1,
                hidden / 2,
                1e-5,
                Rope.of(10_000),
                64,
                tied,
                OptionalInt.empty(),
                List.of(0),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /// Two layers, grouped queries, weights large enough for every gradient to matter.
    static CausalLm random(Precision precision) {
        return CausalLm.random(config(VOCABULARY, 16, true), 0.2, 17, precision);
    }

    /// A prompt of 5 tokens and a completion of `length`, drawn by the seed.
    static Sequence sequence(long seed, int length) {
        var random = new SplittableRandom(seed);
        return Sequence.of(
                random.ints(5, 1, VOCABULARY).toArray(),
                random.ints(length, 1, VOCABULARY).toArray());
    }

    /// Sequences of different lengths.
    static List<Sequence> sequences(int count) {
        return IntStream.range(0, count).mapToObj(i -> sequence(i, 4 + 3 * i)).toList();
    }

    /// Rows of [#sequences(int)].
    static List<SftTrainer.Row> rows(int count) {
        var sequences = sequences(count);
        return IntStream.range(0, count)
                .mapToObj(i -> new SftTrainer.Row("row-" + i, sequences.get(i)))
                .toList();
    }

    /// Pairs whose answers share their prompt.
    static List<DpoTrainer.Row> pairs(int count) {
        return IntStream.range(0, count).mapToObj(TinyModels::pair).toList();
    }

    private static DpoTrainer.Row pair(int i) {
        var random = new SplittableRandom(100 + i);
        int[] prompt = random.ints(6, 1, VOCABULARY).toArray();
        return new DpoTrainer.Row(
                "pair-" + i,
                Sequence.of(prompt, random.ints(4 + i, 1, VOCABULARY).toArray()),
                Sequence.of(prompt, random.ints(7, 1, VOCABULARY).toArray()),
                -15,
                -22);
    }

    /// A loop that steps no weight, so that the gradients of a step stay where they are.
    static TrainLoop still() {
        return new TrainLoop(
                List.of(), new AdamW.Settings(0.9, 0.999, 1e-8, 0), new Schedule.ConstantSchedule(0), 1, 1, 1);
    }

    /// A loop that steps all weights of a model.
    static TrainLoop loop(CausalLm model, double learningRate) {
        return new TrainLoop(
                model.parameters(),
                new AdamW.Settings(0.9, 0.99, 1e-8, 0.01),
                new Schedule.LinearSchedule(0),
                learningRate,
                1,
                10);
    }

    /// The gradient of every weight, parameter after parameter; then clears it.
    static float[] takeGradients(CausalLm model) {
        return joined(
                model, p -> p.gradient().orElseThrow().to(Precision.FLOAT32).toFloats(), Parameter::clearGradient);
    }

    /// Every weight, parameter after parameter.
    static float[] weights(CausalLm model) {
        return joined(model, p -> p.master().toFloats(), _ -> {});
    }

    private static float[] joined(CausalLm model, Function<Parameter, float[]> read, Consumer<Parameter> then) {
        try (var _ = Scope.open()) {
            var joined = new float[(int) model.parameterCount()];
            int at = 0;
            for (Parameter p : model.parameters()) {
                float[] own = read.apply(p);
                System.arraycopy(own, 0, joined, at, own.length);
                at += own.length;
                then.accept(p);
            }
            return joined;
        }
    }

    /// |a − b| / |b|, over all numbers together.
    static double distance(float[] a, float[] b) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < b.length; i++) {
            difference += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
            length += (double) b[i] * b[i];
        }
        return Math.sqrt(difference / length);
    }
}

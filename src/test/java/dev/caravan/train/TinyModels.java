package dev.caravan.train;

import dev.caravan.model.Architecture;
import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelConfig;
import dev.caravan.model.Rope;
import dev.caravan.model.Sequence;
import dev.caravan.tensor.Precision;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

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
}

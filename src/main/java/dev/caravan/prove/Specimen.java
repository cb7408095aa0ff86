package dev.caravan.prove;

import dev.caravan.generate.Request;
import dev.caravan.model.Architecture;
import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelConfig;
import dev.caravan.model.Rope;
import dev.caravan.model.Sequence;
import dev.caravan.tensor.Precision;
import dev.caravan.train.DpoTrainer;
import dev.caravan.train.SftTrainer;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A model of random weights, large enough for every gradient to matter, with rows of different lengths for it.
record Specimen(CausalLm model, List<SftTrainer.Row> rows, List<DpoTrainer.Row> pairs, List<Request> prompts)
        implements AutoCloseable {
    private static final int ROWS = 5;
    private static final int PROMPT = 6;

    /// How large a model to make.
    enum Size {
        SMALL(32, 16, 2, 1, 2),
        LARGER(256, 64, 4, 2, 4);

        private final int vocabulary;
        private final int hidden;
        private final int heads;
        private final int shared;
        private final int layers;

        Size(int vocabulary, int hidden, int heads, int shared, int layers) {
            this.vocabulary = vocabulary;
            this.hidden = hidden;
            this.heads = heads;
            this.shared = shared;
            this.layers = layers;
        }

        private ModelConfig config() {
            return new ModelConfig(
                    Architecture.LLAMA,
                    vocabulary,
                    hidden,
                    2 * hidden,
                    layers,
                    heads,
                    shared,
                    hidden / heads,
                    1e-5,
                    Rope.of(10_000),
                    64,
                    true,
                    OptionalInt.empty(),
                    List.of(0),
                    OptionalInt.empty(),
                    OptionalInt.empty());
        }
    }

    static Specimen draw(Size size, long seed, Precision precision) {
        var random = new SplittableRandom(seed);
        double deviation = 0.8 / Math.sqrt(size.hidden);
        return new Specimen(
                CausalLm.random(size.config(), deviation, seed, precision),
                IntStream.range(0, ROWS).mapToObj(i -> row(i, size, random)).toList(),
                IntStream.range(0, ROWS).mapToObj(i -> pair(i, size, random)).toList(),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> new Request("prompt-" + i, draw(2 + i, size, random), 1 + i % 2))
                        .toList());
    }

    private static SftTrainer.Row row(int i, Size size, SplittableRandom random) {
        return new SftTrainer.Row("row-" + i, Sequence.of(draw(PROMPT, size, random), draw(4 + 3 * i, size, random)));
    }

    private static DpoTrainer.Row pair(int i, Size size, SplittableRandom random) {
        int[] prompt = draw(PROMPT, size, random);
        return new DpoTrainer.Row(
                "pair-" + i,
                Sequence.of(prompt, draw(4 + i, size, random)),
                Sequence.of(prompt, draw(7, size, random)),
                -15,
                -22);
    }

    private static int[] draw(int tokens, Size size, SplittableRandom random) {
        return random.ints(tokens, 1, size.vocabulary).toArray();
    }

    /// Each row's tokens by themselves.
    List<List<Sequence>> documents() {
        return rows.stream().map(row -> List.of(row.sequence())).toList();
    }

    /// Both answers to each prompt together.
    List<List<Sequence>> answers() {
        return pairs.stream()
                .map(pair -> List.of(pair.chosen(), pair.rejected()))
                .toList();
    }

    @Override
    public void close() {
        model.close();
    }
}

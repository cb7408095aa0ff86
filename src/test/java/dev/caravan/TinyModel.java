package dev.caravan;

import dev.caravan.io.Store;
import dev.caravan.model.Architecture;
import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelConfig;
import dev.caravan.model.ModelWriter;
import dev.caravan.model.Rope;
import dev.caravan.tensor.Device;
import dev.caravan.tensor.Engine;
import dev.caravan.tensor.Precision;
import dev.caravan.text.BpeTrainer;
import dev.caravan.text.ChatTemplate;
import dev.caravan.text.ControlTokens;
import dev.caravan.text.TokenContract;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A model of two layers with random weights, large enough to prefer some tokens, and a tokenizer of single bytes.
public final class TinyModel {
    public static final int CONTEXT = 160;
    private static final String PAD = "<pad>";
    private static final String END = "<end>";

    private TinyModel() {}

    public static ModelConfig config() {
        return config(CONTEXT);
    }

    private static ModelConfig config(int context) {
        return new ModelConfig(
                Architecture.LLAMA,
                258,
                32,
                48,
                2,
                4,
                2,
                8,
                1e-5,
                Rope.of(10_000),
                context,
                false,
                OptionalInt.empty(),
                List.of(1),
                OptionalInt.of(0),
                OptionalInt.empty());
    }

    /// In float32, with the engine started.
    public static CausalLm random(long seed) {
        return random(seed, CONTEXT);
    }

    private static CausalLm random(long seed, int context) {
        Engine.start(Precision.FLOAT32, 0, Device.CPU);
        return CausalLm.random(config(context), 0.3, seed, Precision.FLOAT32);
    }

    /// Writes the model's weights and configuration.
    public static Path writeWeights(Path folder) {
        return writeWeights(folder, CONTEXT);
    }

    private static Path writeWeights(Path folder, int context) {
        try (var model = random(7, context)) {
            new ModelWriter(new Store()).write(folder, model.config(), model.parameters());
        }
        return folder;
    }

    /// Writes the model with its tokenizer.
    public static Path write(Path folder) {
        return write(folder, CONTEXT);
    }

    /// @param context tokens that the model takes; each is a byte
    public static Path write(Path folder, int context) {
        new ModelWriter(new Store()).writeTokenizer(writeWeights(folder, context), contract());
        return folder;
    }

    public static TokenContract contract() {
        var tokenizer = new BpeTrainer(258, List.of(PAD, END), true).train(Stream.of("a"));
        int end = tokenizer.id(END).orElseThrow();
        var control =
                new ControlTokens(OptionalInt.empty(), OptionalInt.of(end), List.of(end), tokenizer.id(PAD), false);
        return TokenContract.of(tokenizer, ChatTemplate.tulu(), control);
    }

    /// Prompts of 3 to 20 tokens, none of them a control token.
    public static List<int[]> prompts(int count, RandomGenerator random) {
        return IntStream.range(0, count)
                .mapToObj(_ -> random.ints(random.nextInt(3, 21), 2, 258).toArray())
                .toList();
    }
}

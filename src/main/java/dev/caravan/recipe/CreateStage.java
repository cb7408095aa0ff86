package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.io.JsonLines;
import dev.caravan.model.Architecture;
import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelConfig;
import dev.caravan.model.ModelWriter;
import dev.caravan.model.Rope;
import dev.caravan.tensor.Precision;
import dev.caravan.text.BpeTrainer;
import dev.caravan.text.ChatTemplate;
import dev.caravan.text.ControlTokens;
import dev.caravan.text.TokenContract;
import dev.caravan.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// Makes a model from nothing: a tokenizer trained on the data and a Llama with random weights, under the Tülu
/// template.
///
/// @param out the stage's name
/// @param data conversations that the tokenizer is trained on
/// @param vocabulary tokens of the tokenizer
/// @param layers blocks
/// @param hidden width of the residual stream
/// @param intermediate width inside the feed-forward layer
/// @param heads query heads
/// @param keyValueHeads key and value heads
/// @param context the longest sequence in tokens
/// @param deviation of the normal distribution that the matrices are drawn from
public record CreateStage(
        String out,
        Reference data,
        @Default("512") int vocabulary,
        @Default("4") int layers,
        @Default("128") int hidden,
        @Default("344") int intermediate,
        @Default("4") int heads,
        @Default("4") int keyValueHeads,
        @Default("512") int context,
        @Default("0.04") double deviation)
        implements Stage {
    private static final String PAD = "<pad>";
    private static final String END = "<|end_of_text|>";
    private static final double NORM_EPSILON = 1e-5;
    private static final double THETA = 10_000;

    public CreateStage {
        if (heads < 1 || hidden % heads != 0) {
            throw new IllegalArgumentException("hidden must be a multiple of heads, got " + hidden + " and " + heads);
        }
        config(vocabulary, layers, hidden, intermediate, heads, keyValueHeads, context);
    }

    private static ModelConfig config(
            int vocabulary, int layers, int hidden, int intermediate, int heads, int keyValueHeads, int context) {
        return new ModelConfig(
                Architecture.LLAMA,
                vocabulary,
                hidden,
                intermediate,
                layers,
                heads,
                keyValueHeads,
                hidden / heads,
                NORM_EPSILON,
                Rope.of(THETA),
                context,
                true,
                OptionalInt.empty(),
                List.of(1),
                OptionalInt.of(0),
                OptionalInt.empty());
    }

    @Override
    public List<Input> inputs() {
        return List.of(conversations());
    }

    private Input conversations() {
        return new Input("data", data, Artifact.CONVERSATIONS);
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.MODEL);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void run(StageRun run) {
        TokenContract contract = contract(run);
        run.counts().out(1);
        Engines.start(run);
        int size = contract.tokenizer().size();
        var config = config(size, layers, hidden, intermediate, heads, keyValueHeads, context);
        try (var model = CausalLm.random(config, deviation, run.seed(), Precision.FLOAT32)) {
            Path folder = run.folder().resolve(Artifact.MODEL.file());
            var writer = new ModelWriter(run.store());
            writer.write(folder, config, model.parameters());
            writer.writeTokenizer(folder, contract);
        }
    }

    private TokenContract contract(StageRun run) {
        Tokenizer tokenizer;
        try (Stream<Conversation> rows = JsonLines.rows(run.input(conversations()), Conversation.class)) {
            Stream<String> texts = Stream.concat(
                    Stream.of("<|system|>\n<|user|>\n<|assistant|>\n"),
                    rows.flatMap(r -> r.messages().stream()).map(Message::content));
            tokenizer = new BpeTrainer(vocabulary, List.of(PAD, END), true).train(texts);
        }
        int pad = tokenizer.id(PAD).orElseThrow();
        int end = tokenizer.id(END).orElseThrow();
        var control =
                new ControlTokens(OptionalInt.empty(), OptionalInt.of(end), List.of(end), OptionalInt.of(pad), false);
        return TokenContract.of(tokenizer, ChatTemplate.tulu(), control);
    }
}

package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.data.Completion;
import dev.caravan.generate.Generator;
import dev.caravan.generate.Request;
import dev.caravan.generate.Sampling;
import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import dev.caravan.model.CausalLm;
import dev.caravan.text.TokenContract;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `caravan generate`: completions of prompts.
///
/// Random draws depend on the seed, the prompt and how often the same prompt came before, so neither the order of the
/// rows nor `--batch` changes them.
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Turn {\"prompt\"}, {\"messages\"} or {\"prompt_ids\"} into"
                + " {\"completions\": [{\"ids\", \"text\", \"logprobs\", \"finish\"}]}.")
final class GenerateCommand implements Callable<Integer> {
    /// Rows that are read before the first is answered, in batches: places of finished completions are filled again.
    private static final int BATCHES_AT_ONCE = 4;

    @Mixin
    private final RowTool rows = new RowTool();

    @Mixin
    private final TokenModel tokens = new TokenModel();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final BatchOption batch = new BatchOption();

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "tokens of a completion (default: ${DEFAULT-VALUE})")
    private int maxTokens = 256;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "divides the logits; 0 takes the likeliest token (default: ${DEFAULT-VALUE})")
    private double temperature = 1;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "only the likeliest tokens that together reach this probability (default: ${DEFAULT-VALUE})")
    private double topP = 1;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "only the K likeliest tokens; 0 means all (default: ${DEFAULT-VALUE})")
    private int topK = 0;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "only tokens with this share of the likeliest one's probability (default: ${DEFAULT-VALUE})")
    private double minP = 0;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "X",
            description =
                    "makes tokens that were there before less likely; 1 means no penalty (default: ${DEFAULT-VALUE})")
    private double repetitionPenalty = 1;

    @Option(
            names = "--stop",
            paramLabel = "S",
            description = "a text that ends a completion; may be given several times")
    private List<String> stop = List.of();

    @Option(names = "--n", paramLabel = "N", description = "completions of each prompt (default: ${DEFAULT-VALUE})")
    private int samples = 1;

    @Option(names = "--ignore-eos", description = "write on after an end token")
    private boolean ignoreEnd;

    private final Map<String, Integer> seen = new HashMap<>();

    @Override
    public Integer call() throws IOException {
        Sampling sampling = sampling();
        Optional<TokenContract> contract = tokens.contractIfAny();
        if (contract.isEmpty() && !stop.isEmpty()) {
            throw new RecipeException("--stop needs texts, but the model has no tokenizer");
        }
        try (var lm = CausalLm.open(tokens.path(), engine.start())) {
            int size = batch.size(lm.config(), maxTokens);
            var generator = new Generator(lm, endTokens(contract, lm), ids -> text(contract, ids), size);
            return rows.batches(
                    BATCHES_AT_ONCE * size,
                    row -> request(row, lm),
                    requests -> generator.generate(requests, sampling, seed.seed()).stream()
                            .map(completions -> answer(completions, contract.isPresent()))
                            .toList());
        }
    }

    private Sampling sampling() {
        if (samples < 1) throw new RecipeException("--n must be positive, got " + samples);
        try {
            return new Sampling(maxTokens, temperature, topK, topP, minP, repetitionPenalty, stop, ignoreEnd);
        } catch (IllegalArgumentException e) {
            throw new RecipeException(String.valueOf(e.getMessage()));
        }
    }

    private static Set<Integer> endTokens(Optional<TokenContract> contract, CausalLm lm) {
        return contract.map(c -> Arrays.stream(c.endTokenIds()).boxed().collect(Collectors.toSet()))
                .orElseGet(() -> Set.copyOf(lm.config().endTokenIds()));
    }

    private static String text(Optional<TokenContract> contract, int[] ids) {
        return contract.map(c -> c.text(ids)).orElse("");
    }

    private Request request(ObjectNode row, CausalLm lm) {
        int[] ids = promptIds(row, lm.config().vocabularySize());
        int context = lm.config().maxPositions();
        if (ids.length == 0) throw new DataException("the prompt has no tokens; give at least one");
        if (ids.length >= context) {
            throw new DataException("the prompt has %d tokens and leaves no room in the model's context of %d"
                    .formatted(ids.length, context));
        }
        String prompt = Sha256.of(Arrays.toString(ids));
        return new Request(prompt + "/" + seen.merge(prompt, 1, Integer::sum), ids, samples);
    }

    private int[] promptIds(ObjectNode row, int vocabulary) {
        if (row.has("prompt_ids")) return RowFields.ids(row, "prompt_ids", vocabulary);
        if (row.has("messages")) return tokens.contract().prompt(MessageRows.messages(row));
        return tokens.contract().plainText(RowFields.text(row, "prompt"));
    }

    private static ObjectNode answer(List<Completion> completions, boolean withText) {
        ObjectNode answer = Json.mapper().createObjectNode();
        ArrayNode list = answer.putArray("completions");
        for (Completion completion : completions) {
            ObjectNode one = list.addObject();
            RowFields.put(one.putArray("ids"), completion.ids());
            if (withText) one.put("text", completion.text());
            RowFields.put(one.putArray("logprobs"), completion.logprobs());
            one.put("finish", completion.finish().name().toLowerCase(Locale.ROOT));
        }
        return answer;
    }
}

package dev.caravan.generate;

import dev.caravan.curate.JsonLinesSource;
import dev.caravan.data.Prompt;
import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelTokens;
import dev.caravan.tensor.Device;
import dev.caravan.tensor.Engine;
import dev.caravan.tensor.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Measures greedy generation of 128 tokens a prompt, whatever the end token says: all of it, and decoding alone
/// (less the time of generating one token each). Arguments: MODEL DATA.jsonl float32|bfloat16 BATCH…. Prints a line
/// of JSON for each batch size. `make bench-generation`.
final class GenerationBenchmark {
    private static final int TOKENS = 128;

    private GenerationBenchmark() {}

    public static void main(String[] arguments) {
        Path path = Path.of(arguments[0]);
        Engine.start(Precision.valueOf(arguments[2].toUpperCase(Locale.ROOT)), 0, Device.CPU);
        try (CausalLm model = CausalLm.open(path, Precision.valueOf(arguments[2].toUpperCase(Locale.ROOT)))) {
            Arrays.stream(arguments, 3, arguments.length)
                    .map(Integer::parseInt)
                    .forEach(batch -> measure(model, requests(path, arguments[1], batch), arguments[2]));
        }
    }

    private static void measure(CausalLm model, List<Request> requests, String precision) {
        int batch = requests.size();
        var generator = new Generator(model, Set.of(), _ -> "", batch);
        seconds(generator, requests, 8); // warm-up
        double prefill = seconds(generator, requests, 1);
        double all = seconds(generator, requests, TOKENS);
        System.out.printf(
                Locale.ROOT,
                "{\"what\": \"generation\", \"precision\": \"%s\", \"batch\": %d, \"tokens_per_second\": %.1f, \"decode_only\": %.1f}%n",
                precision,
                batch,
                TOKENS * batch / all,
                (TOKENS - 1) * batch / (all - prefill));
    }

    private static double seconds(Generator generator, List<Request> requests, int tokens) {
        var sampling = new Sampling(tokens, 0, 0, 1, 0, 1, List.of(), true);
        long started = System.nanoTime();
        generator.generate(requests, sampling, 1);
        return (System.nanoTime() - started) / 1e9;
    }

    private static List<Request> requests(Path model, String data, int count) {
        var contract = ModelTokens.contract(model, Optional.empty());
        try (Stream<Prompt> prompts = new JsonLinesSource("data", data).prompts()) {
            return prompts.limit(count)
                    .map(prompt -> new Request(prompt.id(), contract.prompt(prompt.messages()), 1))
                    .toList();
        }
    }
}

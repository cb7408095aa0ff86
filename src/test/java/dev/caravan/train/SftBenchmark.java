package dev.caravan.train;

import dev.caravan.curate.JsonLinesSource;
import dev.caravan.data.Conversation;
import dev.caravan.model.Activations;
import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelFiles;
import dev.caravan.model.ModelTokens;
import dev.caravan.model.Sequence;
import dev.caravan.tensor.Device;
import dev.caravan.tensor.Engine;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures supervised fine-tuning: tokens a second over whole steps of 8 rows, the first two left out, and the memory
/// of the process. Arguments: MODEL DATA.jsonl float32|bfloat16 STEPS. Prints one line of JSON. `make bench-sft`.
final class SftBenchmark {
    private static final int ROWS = 8;
    private static final int WARM_UP = 2;
    private static final int TOGETHER = 4096;

    private SftBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0]);
        Precision precision = Precision.valueOf(arguments[2].toUpperCase(Locale.ROOT));
        int steps = Integer.parseInt(arguments[3]);
        Engine.start(precision, 0, Device.CPU);
        List<SftTrainer.Row> rows = rows(path, arguments[1], steps * ROWS);
        try (CausalLm model = model(path, precision);
                var loop = new TrainLoop(
                        model.parameters(),
                        new AdamW.Settings(0.9, 0.999, 1e-8, 0),
                        new Schedule.ConstantSchedule(0),
                        1e-5,
                        1,
                        steps)) {
            var trainer = new SftTrainer(model, loop, new Reduction.Mean(), TOGETHER, Activations.KEPT);
            long tokens = 0;
            long started = 0;
            for (int step = 0; step < steps; step++) {
                if (step == WARM_UP) {
                    started = System.nanoTime();
                }
                List<SftTrainer.Row> batch = rows.subList(step * ROWS, (step + 1) * ROWS);
                trainer.step(batch);
                tokens += step < WARM_UP ? 0 : tokens(batch);
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "{\"what\": \"sft\", \"precision\": \"%s\", \"tokens_per_second\": %.1f, \"seconds_per_step\": %.2f, \"peak_gib\": %.2f}%n",
                    arguments[2],
                    tokens / seconds,
                    seconds / (steps - WARM_UP),
                    peakKibibytes() / (double) (1 << 20));
        }
    }

    /// The most memory that the process ever held, as `getrusage` tells the peers.
    private static long peakKibibytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String peak =
                    lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
            return Long.parseLong(peak.replaceAll("\\D", ""));
        }
    }

    private static long tokens(List<SftTrainer.Row> rows) {
        return rows.stream().mapToLong(row -> row.sequence().ids().length).sum();
    }

    private static CausalLm model(Path path, Precision precision) {
        try (var files = ModelFiles.open(path);
                var _ = Scope.open()) {
            return CausalLm.trained(files.config(), files.weights(), precision);
        }
    }

    private static List<SftTrainer.Row> rows(Path model, String data, int count) {
        var contract = ModelTokens.contract(model, Optional.empty());
        try (Stream<Conversation> conversations = new JsonLinesSource("data", data).conversations()) {
            return conversations
                    .limit(count)
                    .map(row -> {
                        var tokens = contract.conversation(row.messages());
                        return new SftTrainer.Row(row.id(), new Sequence(tokens.ids(), tokens.lossWeights()));
                    })
                    .toList();
        }
    }
}

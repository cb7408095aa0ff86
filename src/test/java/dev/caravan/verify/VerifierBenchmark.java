package dev.caravan.verify;

import dev.caravan.ConformanceRows;
import java.util.List;
import java.util.Locale;

/// Measures verdicts a second of one core: each verifier that starts no process on the answers of models that lie
/// beside a checkout (its own few where they do not), and `math-verify rows`, which are exactly those that
/// [math-verify](https://github.com/huggingface/Math-Verify) is measured on. Prints a line of JSON each.
/// `make bench-verifiers`.
final class VerifierBenchmark {
    private static final double WARM_UP = 1; // seconds
    private static final double MEASURED = 2;

    private VerifierBenchmark() {}

    public static void main(String[] arguments) {
        VerifierRows.all().forEach((name, rows) -> measure(name, name, rows));
        if (ConformanceRows.areShared()) measure("math-verify rows", "math", comparedRows());
    }

    private static List<VerifierRows.Row> comparedRows() {
        return ConformanceRows.shared("math_equivalence.jsonl", 338).stream()
                .filter(row -> row.path("kind").asString().equals("completion"))
                .filter(row -> row.path("suspect").asString("").isEmpty())
                .map(row -> new VerifierRows.Row(
                        row.path("prediction").asString(), row.path("gold").asString()))
                .toList();
    }

    private static void measure(String what, String name, List<VerifierRows.Row> rows) {
        Verifier verifier = Verifiers.named(name);
        run(verifier, rows, WARM_UP);
        System.out.printf(
                Locale.ROOT,
                "{\"what\": \"verdicts\", \"verifier\": \"%s\", \"rows\": %d, \"verdicts_per_second\": %.0f}%n",
                what,
                rows.size(),
                run(verifier, rows, MEASURED));
    }

    /// Verdicts a second.
    private static double run(Verifier verifier, List<VerifierRows.Row> rows, double seconds) {
        long started = System.nanoTime();
        long end = started + Math.round(seconds * 1e9);
        long verdicts = 0;
        while (System.nanoTime() < end) {
            var row = rows.get((int) (verdicts++ % rows.size()));
            verifier.judge(row.prediction(), row.expected());
        }
        return verdicts / ((System.nanoTime() - started) / 1e9);
    }
}

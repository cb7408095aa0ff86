package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every verifier that starts no process gives a verdict on whatever a model says, within its budget.
class VerifierFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_251_126);

    /// Processor time of one verdict, far above what the budget of steps comes to on a slow machine.
    private static final double MOST_SECONDS = 1;

    private static final int LONG = 100_000;
    private static final int SHOWN = 12;
    private static final Verifiers VERIFIERS = Verifiers.installed();

    private final Map<String, List<VerifierRows.Row>> rows = VerifierRows.all();
    private final List<String> names = List.copyOf(rows.keySet());
    private final Map<String, AtomicLong> slowest = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> unverifiable = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void tenThousandMutatedAnswersHaveTheirVerdict() {
        fuzz(10_000);
    }

    @Test
    @Tag("proof")
    void millionMutatedAnswersHaveTheirVerdict() {
        fuzz(1_000_000);
    }

    @Test
    @Tag("proof")
    void longRefrainsHaveTheirVerdict() {
        List<String> refrains = Mutations.refrains();
        IntStream.range(0, refrains.size() * names.size()).parallel().forEach(number -> {
            String refrain = refrains.get(number / names.size());
            String text = refrain.repeat(LONG / refrain.length());
            judge(number, names.get(number % names.size()), text, new SplittableRandom(number));
        });
        report(refrains.size() * names.size());
    }

    private void fuzz(int answers) {
        IntStream.range(0, answers).parallel().forEach(this::judge);
        report(answers);
    }

    private void report(int answers) {
        var shown = new TreeMap<String, String>();
        slowest.forEach((name, nanos) -> shown.put(
                name,
                String.format(
                        Locale.ROOT,
                        "slowest %.1f ms, unverifiable %d",
                        nanos.get() / 1e6,
                        unverifiable.getOrDefault(name, new AtomicLong()).get())));
        System.out.printf("%d mutated answers, seed %d: %s%n", answers, SEED, shown);
        assertThat(failures.stream().limit(SHOWN))
                .as("%d failures of %d answers", failures.size(), answers)
                .isEmpty();
    }

    private void judge(int number) {
        var random = new SplittableRandom(SEED + number);
        String name = names.get(number % names.size());
        List<VerifierRows.Row> all = rows.get(name);
        var row = all.get(random.nextInt(all.size()));
        var mutations = new Mutations(random);
        String prediction = mutations.of(row.prediction(), all);
        String expected = random.nextInt(8) == 0 ? mutations.of(row.expected(), all) : row.expected();
        judge(number, name, prediction, expected, random);
    }

    /// The text as it is, before one of what the verifier's rows expect.
    private void judge(int number, String name, String text, SplittableRandom random) {
        List<VerifierRows.Row> all = rows.get(name);
        judge(number, name, text, all.get(random.nextInt(all.size())).expected(), random);
    }

    private void judge(int number, String name, String prediction, String expected, SplittableRandom random) {
        Reading reading = new Reading(
                random.nextBoolean() ? Compat.CURRENT : Compat.TULU3,
                random.nextInt(4) == 0,
                random.nextInt(4) == 0,
                random.nextInt(4) == 0);
        long started = processorTime();
        Optional<String> wrong = wrong(name, reading, prediction, expected);
        long taken = processorTime() - started;
        slowest.computeIfAbsent(name, _ -> new AtomicLong()).accumulateAndGet(taken, Math::max);
        if (taken > MOST_SECONDS * 1e9) {
            wrong = Optional.of(wrong.orElse("") + " takes %.2f s".formatted(taken / 1e9));
        }
        wrong.ifPresent(what -> failures.add("#%d %s %s: %s on %s expecting %s"
                .formatted(number, name, reading, what, excerpt(prediction), excerpt(expected))));
    }

    private Optional<String> wrong(String name, Reading reading, String prediction, String expected) {
        try {
            Judgement judgement = VERIFIERS.get(name, reading).judge(prediction, expected);
            if (judgement.verdict() instanceof Verdict.Failed) {
                unverifiable.computeIfAbsent(name, _ -> new AtomicLong()).incrementAndGet();
            }
            boolean scored = judgement.verdict() instanceof Verdict.Scored(double score, String _)
                    && !(score >= 0 && score <= 1);
            if (scored) return Optional.of("has the score of " + judgement.verdict());
            return judgement.verdict().because().isBlank() ? Optional.of("gives no reason") : Optional.empty();
        } catch (RuntimeException | Error bug) {
            return Optional.of(bug + " at " + frames(bug));
        }
    }

    private static List<StackTraceElement> frames(Throwable bug) {
        var own = new ArrayList<StackTraceElement>();
        for (StackTraceElement frame : bug.getStackTrace()) {
            if (own.size() < 4 && frame.getClassName().startsWith("dev.caravan")) own.add(frame);
        }
        return own;
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static String excerpt(String text) {
        String json = Json.write(text);
        return json.length() <= 300 ? json : json.substring(0, 300) + "… (" + text.length() + " characters)";
    }
}

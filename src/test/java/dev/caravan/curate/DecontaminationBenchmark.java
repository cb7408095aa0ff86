package dev.caravan.curate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.data.Conversation;
import dev.caravan.data.KeyedRandom;
import dev.caravan.data.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Measures decontamination: rows of real texts recombined, streamed past real test items. Prints one line of
/// JSON.
///
/// ``` java -cp target/classes:target/test-classes:LIBRARIES dev.caravan.curate.DecontaminationBenchmark \ ROWS
/// THREADS TRAIN.jsonl[,TRAIN.jsonl…] TEST.jsonl [TEST.jsonl…]
/// ```
///
/// The sentences of the user turns of TRAIN are drawn at random, as many for a row as a row of TRAIN has; the
/// seed is fixed. `compare` is the comparison alone, of rows in memory; `whole` is what `caravan decontaminate`
/// does after reading and before its re-check: compare, and write every row as JSON. Each is run once to warm
/// up. Both are given for all threads and divided by them; the peak is the resident memory of the process, this
/// benchmark's own rows included.
final class DecontaminationBenchmark {
    private static final long SEED = 1;
    private static final int BATCH = 50_000; // rows held at a time, made before the clock runs

    private final int threads;
    private final Screening screening;
    private final List<List<String>> rows; // sentences of each row of the training files
    private final List<String> sentences;

    /// Rows and bytes per second.
    private record Speed(long rows, long bytes, double seconds) {
        String json(int threads) {
            return String.format(
                    Locale.ROOT,
                    "{\"rows_per_s\":%.0f,\"mb_per_s\":%.1f,\"rows_per_s_and_thread\":%.0f,\"seconds\":%.2f}",
                    rows / seconds,
                    bytes / seconds / 1e6,
                    rows / seconds / threads,
                    seconds);
        }
    }

    /// One way to send rows through.
    private interface Work {
        void run(List<Conversation> rows) throws IOException;
    }

    private DecontaminationBenchmark(int threads, List<Path> train, List<Path> tests) {
        this.threads = threads;
        List<TestItem> items = tests.stream()
                .flatMap(file -> new TestItemFile(file.toString(), file, List.of()).items().stream())
                .toList();
        this.screening = new Screening(Decontaminator.ofThePaper(), items, threads);
        this.rows = train.stream().flatMap(DecontaminationBenchmark::sentences).toList();
        this.sentences = rows.stream().flatMap(List::stream).toList();
    }

    public static void main(String[] arguments) throws IOException {
        long count = Long.parseLong(arguments[0]);
        List<Path> train = Stream.of(arguments[2].split(",")).map(Path::of).toList();
        List<Path> tests = Arrays.stream(arguments).skip(3).map(Path::of).toList();
        var benchmark = new DecontaminationBenchmark(Integer.parseInt(arguments[1]), train, tests);
        System.out.println(benchmark.report(count));
    }

    private String report(long count) throws IOException {
        var found = new LongAdder();
        Speed compare = best(count, rows -> compare(rows, found));
        Speed whole = best(count, this::write);
        return "{\"rows\":%d,\"items\":%d,\"threads\":%d,\"overlapping_rows\":%d,\"compare\":%s,\"whole\":%s,\"peak_rss_mb\":%d}"
                .formatted(
                        count,
                        screening.items().size(),
                        threads,
                        found.sum(),
                        compare.json(threads),
                        whole.json(threads),
                        peakMegabytes());
    }

    private Speed best(long count, Work work) throws IOException {
        measured(Math.min(count, BATCH), rows -> {
            var warm = new LongAdder();
            compare(rows, warm);
            write(rows);
        });
        return measured(count, work);
    }

    private Speed measured(long count, Work work) throws IOException {
        long nanos = 0;
        long bytes = 0;
        for (long from = 0; from < count; from += BATCH) {
            List<Conversation> batch = LongStream.range(from, Math.min(count, from + BATCH))
                    .mapToObj(this::row)
                    .toList();
            bytes += batch.stream().mapToLong(DecontaminationBenchmark::bytes).sum();
            long start = System.nanoTime();
            work.run(batch);
            nanos += System.nanoTime() - start;
        }
        return new Speed(count, bytes, nanos / 1e9);
    }

    private void compare(List<Conversation> rows, LongAdder found) {
        screening
                .each(rows.stream(), Conversation::messages, (_, overlaps) -> overlaps.isEmpty() ? 0 : 1)
                .forEach(found::add);
    }

    private void write(List<Conversation> rows) throws IOException {
        new DecontaminationRun(screening, Policies.of(Policies.Policy.REMOVE))
                .write(
                        TrainingRows.conversations(rows::stream),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream());
    }

    /// As many random sentences as some row of the training files has.
    private Conversation row(long number) {
        RandomGenerator random = KeyedRandom.of(SEED, "benchmark", number);
        int length = rows.get(random.nextInt(rows.size())).size();
        String text = IntStream.range(0, length)
                .mapToObj(_ -> sentences.get(random.nextInt(sentences.size())))
                .collect(Collectors.joining(" "));
        return new Conversation("row" + number, "recombined", List.of(Message.user(text)));
    }

    private static Stream<List<String>> sentences(Path file) {
        return new JsonLinesSource("train", file.toString())
                .conversations()
                .map(row -> row.messages().stream()
                        .filter(message -> message.role().equals(Message.USER))
                        .flatMap(message -> Stream.of(message.content().split("(?<=[.!?])\\s+")))
                        .toList());
    }

    private static long bytes(Conversation row) {
        return row.messages().stream()
                .mapToLong(message -> message.content().getBytes(UTF_8).length)
                .sum();
    }

    /// The highest resident memory so far, as Linux counts it; -1 elsewhere.
    private static long peakMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return -1;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) / 1024)
                .findFirst()
                .orElse(-1);
    }
}

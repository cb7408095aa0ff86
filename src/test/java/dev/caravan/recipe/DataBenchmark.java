package dev.caravan.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.config.Binder;
import dev.caravan.curate.DecontaminationRun;
import dev.caravan.curate.Decontaminator;
import dev.caravan.curate.Deduplicator;
import dev.caravan.curate.Example;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Keep;
import dev.caravan.curate.Policies;
import dev.caravan.curate.RejectBadRows;
import dev.caravan.curate.Screening;
import dev.caravan.curate.SourceReader;
import dev.caravan.curate.TestItem;
import dev.caravan.curate.TestItemFile;
import dev.caravan.curate.TrainingRows;
import dev.caravan.data.Conversation;
import dev.caravan.data.KeyedRandom;
import dev.caravan.data.Message;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Measures the data half on the sets of `recipes/visible-data.yaml`: their sentences recombined at random (the seed is
/// fixed) into as many rows as asked for, each as long as some row of the sets.
///
/// One JSON object a line: reading, deduplication, decontamination against all test items (`compare` is the
/// comparison of rows in memory, `whole` also writes every row as JSON), and beside it the paper's own way, a
/// phrase query for every 8-gram, on a slice of the rows and an even sample of the items.
final class DataBenchmark {
    private static final long SEED = 1;
    private static final int BATCH = 50_000; // rows held at a time, made before the clock runs
    private static final int SLICE = 100_000; // rows for what keeps rows in memory, or in an index
    private static final int SAMPLED_ITEMS = 300;

    private final List<TestItem> items;
    private final List<List<String>> rows; // sentences of each row of the sets
    private final List<String> sentences;

    /// Something to be measured on rows.
    private interface Work {
        void run(List<Conversation> rows) throws IOException;
    }

    private DataBenchmark(Path folder) {
        Recipe recipe = Binder.read(Recipe.class, Path.of("recipes/visible-data.yaml"), List.of())
                .get();
        this.items = recipe.stages().stream()
                .flatMap(stage -> stage instanceof DecontaminateStage test ? test.files().stream() : Stream.empty())
                .flatMap(test -> items(test, folder))
                .toList();
        this.rows = recipe.stages().stream()
                .flatMap(stage -> stage instanceof CurateStage pool ? pool.sources().stream() : Stream.empty())
                .flatMap(source -> source instanceof FileSource file ? sentences(file, folder) : Stream.empty())
                .filter(row -> !row.isEmpty())
                .toList();
        this.sentences = rows.stream().flatMap(List::stream).toList();
    }

    private static Stream<TestItem> items(TestFile test, Path folder) {
        Path file = folder.resolve(test.data().text());
        return new TestItemFile(test.name(), file, test.fields()).items().stream();
    }

    private static Stream<List<String>> sentences(FileSource source, Path folder) {
        var file = source.at(folder.resolve(source.path()).toString()).with(new RejectBadRows(1));
        return new SourceReader()
                .read(file)
                .map(row -> row.messages().stream()
                        .filter(message -> message.role().equals(Message.USER))
                        .flatMap(message -> Stream.of(message.content().split("(?<=[.!?])\\s+")))
                        .filter(sentence -> !sentence.isBlank())
                        .toList());
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        var benchmark = new DataBenchmark(Path.of(arguments[0]));
        long count = Long.parseLong(arguments[1]);
        benchmark.decontaminate(count, Runtime.getRuntime().availableProcessors());
        benchmark.beside();
        benchmark.deduplicate();
        benchmark.read();
    }

    private void decontaminate(long count, int threads) throws IOException {
        var screening = new Screening(Decontaminator.ofThePaper(), items, threads);
        var found = new LongAdder();
        measured(BATCH, rows -> compare(screening, rows, new LongAdder()));
        measured(BATCH, rows -> write(screening, rows));
        Speed compare = measured(count, rows -> compare(screening, rows, found));
        Speed whole = measured(count, rows -> write(screening, rows));
        print("""
                {"what": "decontamination", "rows": %d, "items": %d, "threads": %d, "overlapping_rows": %d, \
                "compare": %s, "whole": %s, "peak_rss_mb": %d}""".formatted(count, items.size(), threads, found.sum(), compare, whole, peakMegabytes()));
    }

    /// Both ways on one thread and the same rows; of the search engine's, the items are a sample, and its time for all
    /// of them is that of the sample times their ratio.
    private void beside() throws IOException {
        List<Conversation> slice = batch(0, SLICE);
        var screening = new Screening(Decontaminator.ofThePaper(), items, 1);
        long start = System.nanoTime();
        var found = new LongAdder();
        compare(screening, slice, found);
        double ours = seconds(start);
        start = System.nanoTime();
        try (var engine =
                new PhraseQueries(slice.stream().map(DataBenchmark::text).toList())) {
            double indexing = seconds(start);
            List<TestItem> sample = IntStream.range(0, SAMPLED_ITEMS)
                    .mapToObj(i -> items.get((int) ((long) i * items.size() / SAMPLED_ITEMS)))
                    .toList();
            start = System.nanoTime();
            int held = 0;
            for (TestItem item : sample) held += engine.holds(String.join(" ", item.texts())) ? 1 : 0;
            double querying = seconds(start);
            double theirs = indexing + querying * items.size() / SAMPLED_ITEMS;
            print(String.format(
                    Locale.ROOT,
                    """
                    {"what": "phrase queries beside", "rows": %d, "items": %d, "ours_s": %.3f, "indexing_s": %.2f, \
                    "sampled_items": %d, "querying_sample_s": %.2f, "theirs_all_items_s": %.1f, "ratio": %.0f, \
                    "sample_held_theirs": %d, "sample_held_ours": %d}""",
                    SLICE,
                    items.size(),
                    ours,
                    indexing,
                    SAMPLED_ITEMS,
                    querying,
                    theirs,
                    theirs / ours,
                    held,
                    held(sample, slice)));
        }
    }

    /// How many of the items some row holds, shorter items than an 8-gram aside.
    private static int held(List<TestItem> sample, List<Conversation> slice) {
        var screening = new Screening(Decontaminator.ofThePaper(), sample, 1);
        return (int) screening
                .each(slice.stream(), Conversation::messages, (_, overlaps) -> overlaps)
                .flatMap(List::stream)
                .filter(overlap -> overlap.words() >= 8)
                .mapToInt(overlap -> overlap.item())
                .distinct()
                .count();
    }

    private void deduplicate() {
        List<Conversation> slice = batch(0, SLICE);
        for (Optional<Double> near : List.of(Optional.<Double>empty(), Optional.of(0.8))) {
            var rule = new Deduplicator(near, new Keep.First());
            rule.deduplicate(slice.stream().limit(10_000));
            long start = System.nanoTime();
            int kept = rule.deduplicate(slice.stream()).kept().size();
            print("{\"what\": \"deduplication\", \"near\": %s, \"kept\": %d, \"speed\": %s}"
                    .formatted(near.map(String::valueOf).orElse("null"), kept, speed(slice, start)));
        }
    }

    private void read() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("rows");
        Path lines = folder.resolve("rows.jsonl");
        Path table = folder.resolve("rows.parquet");
        List<Conversation> slice = batch(0, SLICE);
        JsonLines.write(new Store(), lines, slice.stream());
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute("COPY (SELECT * FROM '%s') TO '%s'".formatted(lines, table));
        }
        for (Path file : List.of(lines, table, lines, table)) {
            long start = System.nanoTime();
            try (Stream<Example> rows = new SourceReader().read(FileSource.of("rows", file.toString()))) {
                if (rows.count() != SLICE) throw new IllegalStateException("rows are missing");
            }
            print("{\"what\": \"reading %s\", \"speed\": %s}".formatted(file.getFileName(), speed(slice, start)));
        }
        Files.delete(lines);
        Files.delete(table);
        Files.delete(folder);
    }

    private Speed measured(long count, Work work) throws IOException {
        long nanos = 0;
        long bytes = 0;
        for (long from = 0; from < count; from += BATCH) {
            List<Conversation> batch = batch(from, Math.min(count, from + BATCH));
            bytes += bytes(batch);
            long start = System.nanoTime();
            work.run(batch);
            nanos += System.nanoTime() - start;
        }
        return new Speed(count, bytes, nanos / 1e9);
    }

    /// Rows and bytes of their texts per second.
    private record Speed(long rows, long bytes, double seconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "{\"rows_per_s\": %.0f, \"mb_per_s\": %.1f, \"seconds\": %.2f}",
                    rows / seconds,
                    bytes / seconds / 1e6,
                    seconds);
        }
    }

    private static Speed speed(List<Conversation> rows, long start) {
        double seconds = seconds(start);
        return new Speed(rows.size(), bytes(rows), seconds);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void compare(Screening screening, List<Conversation> rows, LongAdder found) {
        screening
                .each(rows.stream(), Conversation::messages, (_, overlaps) -> overlaps.isEmpty() ? 0 : 1)
                .forEach(found::add);
    }

    private static void write(Screening screening, List<Conversation> rows) throws IOException {
        new DecontaminationRun(screening, Policies.of(Policies.Policy.REMOVE))
                .write(
                        TrainingRows.conversations(rows::stream),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream());
    }

    private List<Conversation> batch(long from, long to) {
        return LongStream.range(from, to).mapToObj(this::row).toList();
    }

    /// As many random sentences as some row of the sets has.
    private Conversation row(long number) {
        RandomGenerator random = KeyedRandom.of(SEED, "benchmark", number);
        int length = rows.get(random.nextInt(rows.size())).size();
        String text = IntStream.range(0, length)
                .mapToObj(_ -> sentences.get(random.nextInt(sentences.size())))
                .collect(Collectors.joining(" "));
        return new Conversation("row" + number, "recombined", List.of(Message.user(text), Message.assistant("Yes.")));
    }

    private static String text(Conversation row) {
        return row.messages().getFirst().content();
    }

    private static long bytes(List<Conversation> rows) {
        return rows.stream().mapToLong(row -> text(row).getBytes(UTF_8).length).sum();
    }

    /// The highest resident memory so far, as Linux counts it; -1 elsewhere.
    private static long peakMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return -1;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}

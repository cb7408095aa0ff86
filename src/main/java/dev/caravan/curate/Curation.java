package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.io.Json;
import dev.caravan.io.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Files of rows on their way through filters into a folder: `data.jsonl` with the rows that stay, `rejected.jsonl`
/// with the others and why, `report.json` with the numbers. Rows pass one at a time.
public record Curation(List<FileSource> sources, List<Filter> filters) {
    /// The name under which bad rows are counted and rejected.
    public static final String BAD_ROW = "bad-row";

    /// The numbers of a curation: `in` is `out` and all of `rejected` together.
    public record Report(long in, long out, SortedMap<String, Long> rejected, List<SourceStatistics> sources) {
        public static Report of(List<SourceStatistics> sources) {
            var rejected = new TreeMap<String, Long>();
            sources.forEach(source -> source.rejected().forEach((name, rows) -> rejected.merge(name, rows, Long::sum)));
            long in = sources.stream().mapToLong(SourceStatistics::rows).sum();
            long out = sources.stream().mapToLong(SourceStatistics::kept).sum();
            return new Report(in, out, rejected, sources);
        }

        /// Rows that could not be read.
        public long bad() {
            return rejected.getOrDefault(BAD_ROW, 0L);
        }
    }

    public Curation {
        sources = List.copyOf(sources);
        filters = List.copyOf(filters);
    }

    /// Writes the folder's files.
    public Report write(Store store, Path folder) {
        return write(store, folder, new Statistics());
    }

    /// Writes the folder's files, with the numbers that are to be taken.
    public Report write(Store store, Path folder, Statistics statistics) {
        store.beginResults(folder);
        store.write(
                folder.resolve("data.jsonl"),
                kept -> store.write(folder.resolve("rejected.jsonl"), rejected -> sift(statistics, kept, rejected)));
        Report report = Report.of(statistics.bySource());
        store.write(folder.resolve("report.json"), Json.write(report) + "\n");
        return report;
    }

    private void sift(Statistics statistics, OutputStream kept, OutputStream rejected) throws IOException {
        var sieve = new Sieve(filters);
        var reader = new SourceReader((source, row) -> {
            statistics.bad(source.name(), BAD_ROW);
            writeUnchecked(rejected, rejection(row));
        });
        try {
            for (FileSource source : sources) {
                try (Stream<Example> rows = reader.read(source)) {
                    rows.forEach(row -> sift(row, sieve, statistics, kept, rejected));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void sift(
            Example row, Sieve sieve, Statistics statistics, OutputStream kept, OutputStream rejected) {
        Conversation conversation = row.conversation();
        statistics.read(conversation);
        Optional<Rejection> rejection = sieve.rejection(row);
        rejection.ifPresent(reason -> statistics.reject(conversation, reason.filter()));
        writeUnchecked(
                rejection.isPresent() ? rejected : kept,
                rejection.map(reason -> reason.line(row.row())).orElseGet(row::row));
    }

    /// A bad row as `rejected.jsonl` shows it, by the place where it stands.
    public static Map<String, Object> rejection(BadRow row) {
        return Rejection.line(row.where(), BAD_ROW, row.where() + ": " + row.problem(), row.text());
    }

    private static void writeUnchecked(OutputStream out, Object row) {
        try {
            out.write(Json.mapper().writeValueAsBytes(row));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.caravan.spark;

import dev.caravan.curate.BadRow;
import dev.caravan.curate.Curation;
import dev.caravan.curate.Example;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Filter;
import dev.caravan.curate.Rejection;
import dev.caravan.curate.Sieve;
import dev.caravan.curate.SourceReader.Origins;
import dev.caravan.curate.Statistics;
import dev.caravan.data.Conversation;
import dev.caravan.io.Json;
import dev.caravan.io.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;

/// [Curation] as a job.
///
/// @param tokenizer counts tokens for the report
record SparkCuration(List<FileSource> sources, List<Filter> filters, Optional<Path> tokenizer) {
    /// What every machine gets.
    private record FilterList(List<Filter> filters) {}

    SparkCuration {
        sources = List.copyOf(sources);
        filters = List.copyOf(filters);
    }

    /// Writes the folder's files.
    Curation.Report write(Machines machines, Store store, Path folder) {
        store.beginResults(folder);
        Parts parts = Parts.beside(store, folder);
        List<CuratedPiece> pieces = pieces(machines, parts);
        var statistics = new Statistics();
        pieces.forEach(piece -> statistics.addAll(piece.statistics()));
        Parts.join(
                store, pieces.stream().map(piece -> piece.parts().getFirst()).toList(), folder.resolve("data.jsonl"));
        Parts.join(
                store,
                pieces.stream().map(piece -> piece.parts().getLast()).toList(),
                folder.resolve("rejected.jsonl"));
        parts.delete(store);
        Curation.Report report = Curation.Report.of(statistics.bySource());
        store.write(folder.resolve("report.json"), Json.write(report) + "\n");
        return report;
    }

    private List<CuratedPiece> pieces(Machines machines, Parts parts) {
        List<String> names = sources.stream().map(FileSource::name).toList();
        var shipped = Shipped.of(FilterList.class, new FilterList(filters));
        String tokens = tokenizer.map(Path::toString).orElse("");
        Broadcast<Shared<Sieve>> sieve = machines.spark()
                .broadcast(new Shared<>(() -> new Sieve(shipped.get().filters())));
        return Rows.of(machines, sources, Origins.FILE, Rows.Unique.TOGETHER)
                .all()
                .mapPartitions(rows -> {
                    var statistics = tokens.isEmpty() ? new Statistics() : Statistics.withTokens(Path.of(tokens));
                    List<String> written = parts.write(
                            List.of("data", "rejected"),
                            files -> sift(rows, names, sieve.value().get(), statistics, files));
                    return List.of(new CuratedPiece(written, statistics)).iterator();
                })
                .collect();
    }

    private static void sift(
            Iterator<PlacedRow> rows,
            List<String> sources,
            Sieve sieve,
            Statistics statistics,
            List<OutputStream> files)
            throws IOException {
        while (rows.hasNext()) {
            PlacedRow placed = rows.next();
            switch (placed.row()) {
                case BadRow bad -> {
                    statistics.bad(sources.get(placed.source()), Curation.BAD_ROW);
                    line(files.getLast(), Curation.rejection(bad));
                }
                case Example row -> sift(row, sieve, statistics, files);
            }
        }
    }

    private static void sift(Example row, Sieve sieve, Statistics statistics, List<OutputStream> files)
            throws IOException {
        Conversation conversation = row.conversation();
        statistics.read(conversation);
        Optional<Rejection> rejection = sieve.rejection(row);
        rejection.ifPresent(reason -> statistics.reject(conversation, reason.filter()));
        OutputStream file = rejection.isPresent() ? files.getLast() : files.getFirst();
        line(file, rejection.map(reason -> reason.line(row.row())).orElseGet(row::row));
    }

    static void line(OutputStream file, Object row) throws IOException {
        file.write(Json.line(row));
        file.write('\n');
    }
}

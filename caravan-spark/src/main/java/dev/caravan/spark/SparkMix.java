package dev.caravan.spark;

import dev.caravan.curate.FileSource;
import dev.caravan.curate.MixReport;
import dev.caravan.curate.MixRun;
import dev.caravan.curate.SourceReader.Origins;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import dev.caravan.recipe.Mix;
import dev.caravan.spark.MixTaking.Moving;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/// [MixRun] as a job. Only rows that are part of the mix move.
///
/// @param files of the mix's sources, in their order
/// @param type of the rows: conversations, prompts or preference pairs
record SparkMix(Mix mix, long seed, List<FileSource> files, Class<?> type) {
    /// What a task made of the rows of a piece that are not part of the mix, and how many are.
    ///
    /// @param source number of the piece's source, -1 of a piece without rows
    /// @param drawn rows of the mix
    /// @param distinct rows of the piece that are part of it
    private record Left(List<String> parts, int source, long drawn, long distinct) implements Serializable {}

    SparkMix {
        files = List.copyOf(files);
    }

    /// Writes the folder's files.
    MixReport write(Machines machines, Store store, Path folder) {
        store.beginResults(folder);
        Parts parts = Parts.beside(store, folder);
        Broadcast<Shared<MixTaking<?>>> taking = machines.spark().broadcast(taking());
        Rows rows = Rows.of(machines, files, Origins.ROW, Rows.Unique.BY_SOURCE);
        MixPicks picks = MixPicks.of(rows, mix.mixture(), seed, taking);
        JavaPairRDD<Long, Long> positions = rows.beside(picks.positions()).persist(StorageLevel.MEMORY_AND_DISK());
        List<Left> left = left(rows, positions, taking, parts);
        List<String> mixed = mixed(rows, positions, picks.total(), taking, parts);
        Parts.join(store, mixed, folder.resolve("data.jsonl"));
        Parts.join(
                store, left.stream().flatMap(part -> part.parts().stream()).toList(), folder.resolve("rejected.jsonl"));
        parts.delete(store);
        MixReport report = report(picks, left);
        JsonLines.write(store, folder.resolve("report.json"), Stream.of(report.line()));
        return report;
    }

    private Shared<MixTaking<?>> taking() {
        var shipped = Shipped.of(Mix.class, mix);
        long drawSeed = seed;
        Class<?> kind = type;
        return new Shared<>(() -> MixTaking.of(shipped.get(), drawSeed, kind));
    }

    private static List<Left> left(
            Rows rows, JavaPairRDD<Long, Long> positions, Broadcast<Shared<MixTaking<?>>> taking, Parts parts) {
        return rows.all()
                .zipPartitions(
                        positions,
                        (each, sorted) -> List.of(left(
                                        each,
                                        new Marks<>(sorted),
                                        taking.value().get(),
                                        parts))
                                .iterator())
                .collect();
    }

    private static Left left(Iterator<PlacedRow> rows, Marks<Long> marks, MixTaking<?> taking, Parts parts) {
        int[] source = {-1};
        long[] drawn = new long[2]; // rows of the mix, and rows that are part of it
        List<String> written = parts.write(List.of("rejected"), files -> {
            while (rows.hasNext()) {
                PlacedRow row = rows.next();
                source[0] = row.source();
                int times = marks.all(row.place()).size();
                drawn[0] += times;
                drawn[1] += times > 0 ? 1 : 0;
                if (times == 0) write(taking.notDrawn(row), files.getFirst());
            }
        });
        return new Left(written, source[0], drawn[0], drawn[1]);
    }

    private static void write(Optional<Map<String, Object>> line, OutputStream file) throws IOException {
        if (line.isPresent()) SparkCuration.line(file, line.get());
    }

    /// Rows are brought to where their positions are, in as many parts as there are partitions.
    private static List<String> mixed(
            Rows rows,
            JavaPairRDD<Long, Long> positions,
            long total,
            Broadcast<Shared<MixTaking<?>>> taking,
            Parts parts) {
        int partitions = rows.machines().partitions();
        long size = Math.max(1, Math.ceilDiv(total, partitions));
        JavaPairRDD<Long, Moving> moving = rows.all()
                .zipPartitions(positions, (each, sorted) -> {
                    var marks = new Marks<>(sorted);
                    return Iterators.flatMap(
                            each,
                            row -> moved(
                                    row,
                                    marks.all(row.place()),
                                    size,
                                    taking.value().get()));
                })
                .mapToPair(row -> row);
        JavaPairRDD<Long, Moving> placed = Place.byPiece(moving, partitions).persist(StorageLevel.MEMORY_AND_DISK());
        JavaPairRDD<Long, String> renamed = Rows.renamed(
                rows.machines(),
                placed.map(row -> Rows.idRow(row._1(), "", row._2().id(), MixRun.ID_MARK)),
                MixRun.ID_MARK);
        JavaRDD<String> written = placed.zipPartitions(
                Place.byPiece(renamed, partitions),
                (each, sorted) ->
                        written(each, new Marks<>(sorted), taking.value().get(), parts));
        return written.collect();
    }

    private static Iterator<Tuple2<Long, Moving>> moved(
            PlacedRow row, List<Long> positions, long size, MixTaking<?> taking) {
        if (positions.isEmpty()) return List.<Tuple2<Long, Moving>>of().iterator();
        Moving line = taking.moving(row).orElseThrow();
        return Iterators.map(
                positions.iterator(),
                position -> new Tuple2<>(Place.of((int) (position / size), position % size), line));
    }

    private static Iterator<String> written(
            Iterator<Tuple2<Long, Moving>> rows, Marks<String> ids, MixTaking<?> taking, Parts parts) {
        return parts.write(List.of("data"), files -> {
                    while (rows.hasNext()) {
                        Tuple2<Long, Moving> row = rows.next();
                        Optional<String> id = ids.at(row._1());
                        OutputStream file = files.getFirst();
                        file.write(id.map(other -> taking.line(row._2(), other))
                                .orElse(row._2().line()));
                        file.write('\n');
                    }
                })
                .iterator();
    }

    private MixReport report(MixPicks picks, List<Left> left) {
        long[] drawn = new long[files.size()];
        long[] distinct = new long[files.size()];
        for (Left piece : left) {
            if (piece.source() < 0) continue;
            drawn[piece.source()] += piece.drawn();
            distinct[piece.source()] += piece.distinct();
        }
        return new MixReport(mix.mixture(), picks.available(), drawn, distinct);
    }
}

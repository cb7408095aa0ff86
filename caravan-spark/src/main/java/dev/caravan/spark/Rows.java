package dev.caravan.spark;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.caravan.curate.BadRowCount;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.ReadRow;
import dev.caravan.curate.RowReader;
import dev.caravan.curate.SourceReader.Origins;
import dev.caravan.curate.UniqueIds;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/// The rows of sources in the order and under the ids of the local runner. Partition p of all that is made of them
/// belongs to piece p.
final class Rows {
    /// Within what ids are unique.
    enum Unique {
        /// The rows of all sources together.
        TOGETHER,
        /// The rows of each source.
        BY_SOURCE
    }

    private final Machines machines;
    private final int pieces;
    private final JavaRDD<PlacedRow> read;
    private final JavaPairRDD<Long, String> newIds;

    private Rows(Machines machines, int pieces, JavaRDD<PlacedRow> read, JavaPairRDD<Long, String> newIds) {
        this.machines = machines;
        this.pieces = pieces;
        this.read = read;
        this.newIds = newIds;
    }

    /// Reads all rows once to check them and to learn their ids.
    ///
    /// @throws dev.caravan.DataException when a source has no rows, or more bad ones than it allows
    static Rows of(Machines machines, List<FileSource> sources, Origins origins, Unique unique) {
        List<SourcePiece> pieces = SourcePiece.of(machines.spark(), sources, machines.partitions());
        List<Shipped<FileSource>> shipped = sources.stream()
                .map(source -> Shipped.of(FileSource.class, source))
                .toList();
        JavaRDD<SourcePiece> each = machines.spark().parallelize(pieces, pieces.size());
        JavaRDD<PlacedRow> read = each.mapPartitions(one -> read(one.next(), shipped, origins), true);
        JavaRDD<PieceIds> ids = each.mapPartitions(one -> {
                    SourcePiece piece = one.next();
                    return List.of(PieceIds.of(piece, read(piece, shipped, origins)))
                            .iterator();
                })
                .persist(StorageLevel.MEMORY_AND_DISK());
        requireFewBad(sources, ids.map(PieceIds::verdict).collect());
        return new Rows(machines, pieces.size(), read, newIds(machines, ids, unique, pieces.size()));
    }

    /// How many pieces there are.
    int pieces() {
        return pieces;
    }

    /// The rows; bad ones are among them, where the sources allow them.
    JavaRDD<PlacedRow> all() {
        return read.zipPartitions(newIds, (rows, changed) -> {
            var marks = new Marks<>(changed);
            return Iterators.map(
                    rows, row -> marks.at(row.place()).map(row::withId).orElse(row));
        });
    }

    Machines machines() {
        return machines;
    }

    /// Values by place, moved to where their rows are.
    <T> JavaPairRDD<Long, T> beside(JavaPairRDD<Long, T> values) {
        return Place.byPiece(values, pieces);
    }

    private static Iterator<PlacedRow> read(SourcePiece piece, List<Shipped<FileSource>> sources, Origins origins) {
        FileSource source = sources.get(piece.source()).get();
        Stream<ReadRow> rows = new RowReader(source, origins).rows(piece.piece());
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) _ -> rows.close());
        long[] index = new long[1];
        return Iterators.map(
                rows.iterator(), row -> new PlacedRow(Place.of(piece.number(), index[0]++), piece.source(), row));
    }

    private static void requireFewBad(List<FileSource> sources, List<PieceIds.Verdict> verdicts) {
        for (int source = 0; source < sources.size(); source++) {
            var count = new BadRowCount(sources.get(source));
            for (PieceIds.Verdict verdict : verdicts) {
                if (verdict.source() == source) count(verdict, count);
            }
            count.end();
        }
    }

    /// Counts rows as they come one by one: the share of bad ones is looked at after each of these.
    private static void count(PieceIds.Verdict verdict, BadRowCount count) {
        int read = 0;
        for (int bad : verdict.bad()) {
            count.read(bad + 1 - read);
            read = bad + 1;
            count.bad(Objects.requireNonNull(verdict.first()));
            count.requireFewSoFar();
        }
        count.read(verdict.rows() - read);
    }

    /// The ids that rows get because earlier rows have theirs.
    private static JavaPairRDD<Long, String> newIds(
            Machines machines, JavaRDD<PieceIds> ids, Unique unique, int pieces) {
        JavaRDD<Row> keyed = ids.flatMap(piece -> keyed(piece, unique));
        return Place.byPiece(renamed(machines, keyed, RowReader.ID_MARK), pieces)
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static Iterator<Row> keyed(PieceIds piece, Unique unique) {
        String scope = unique == Unique.BY_SOURCE ? piece.source() + " " : "";
        return IntStream.range(0, piece.ids().size())
                .filter(i -> piece.ids().get(i) != null)
                .mapToObj(i ->
                        idRow(Place.of(piece.piece(), i), scope, piece.ids().get(i), RowReader.ID_MARK))
                .iterator();
    }

    /// What [#renamed] needs of a row.
    ///
    /// @param place where it stands among the rows
    /// @param scope within what its id is to be unique
    static Row idRow(long place, String scope, String id, String mark) {
        long root = Hashing.komihash5_0().hashCharsToLong(scope + UniqueIds.root(id, mark));
        return RowFactory.create(root, place, id);
    }

    /// The places of rows whose ids earlier rows have, with the ids that they get.
    static JavaPairRDD<Long, String> renamed(Machines machines, JavaRDD<Row> ids, String mark) {
        JavaRDD<Row> sorted =
                machines.sorted(ids, "root long, place long, id string", List.of("root"), List.of("root", "place"));
        return sorted.mapPartitionsToPair(rows -> Iterators.flatMap(
                new Runs<>(rows, (one, other) -> one.getLong(0) == other.getLong(0)), run -> renamed(run, mark)));
    }

    private static Iterator<Tuple2<Long, String>> renamed(List<Row> sameRoot, String mark) {
        var unique = new UniqueIds(mark);
        return sameRoot.stream()
                .map(row -> new Tuple2<>(row, unique.next(row.getString(2))))
                .filter(row -> !row._2().equals(row._1().getString(2)))
                .map(row -> new Tuple2<>(row._1().getLong(1), row._2()))
                .iterator();
    }
}

package dev.caravan.spark;

import dev.caravan.curate.MixDraw;
import dev.caravan.curate.Mixture;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/// The rows that a mix takes, as [MixDraw] decides, found by sorting numbers on all machines.
///
/// @param available rows of each source
/// @param total rows of the mix
/// @param positions of rows in the mix, by place; a row that comes more than once has several
record MixPicks(long[] available, long total, JavaPairRDD<Long, Long> positions) {
    private static final String NUMBERS = "source int, place long, id long, draw long";
    private static final String PICKS = "stratum int, key long, source int, place long, copy int";

    static MixPicks of(Rows rows, Mixture mixture, long seed, Broadcast<Shared<MixTaking<?>>> taking) {
        Machines machines = rows.machines();
        JavaRDD<Row> numbers = rows.all()
                .mapPartitions(each -> Iterators.flatMap(
                        each, row -> numbers(row, taking.value().get())))
                .persist(StorageLevel.MEMORY_AND_DISK());
        long[] available =
                available(machines.table(numbers, NUMBERS), mixture.parts().size());
        long[] counts = mixture.counts(available);
        var draw = new MixDraw(mixture, seed);
        Dataset<Row> picks = machines.table(picks(machines, numbers, available, counts, draw.strata(), taking), PICKS);
        long total = Arrays.stream(counts).sum();
        if (mixture.sample().isEmpty()) return new MixPicks(available, total, positions(picks));
        long[] left = draw.sampled(counts, mixture.sample().get());
        Dataset<Row> sample = machines.table(sampled(picks, draw.strata(), counts, left), PICKS);
        return new MixPicks(available, Arrays.stream(left).sum(), positions(sample));
    }

    private static Iterator<Row> numbers(PlacedRow row, MixTaking<?> taking) {
        return taking
                .idHash(row)
                .map(id -> RowFactory.create(row.source(), row.place(), id, taking.draw(row.source(), id)))
                .stream()
                .iterator();
    }

    private static long[] available(Dataset<Row> numbers, int sources) {
        long[] available = new long[sources];
        for (Row row : numbers.groupBy("source").count().collectAsList()) {
            available[row.getInt(0)] = row.getLong(1);
        }
        return available;
    }

    /// Every row as often as its source gives all of its rows, and once more those with the smallest numbers.
    private static JavaRDD<Row> picks(
            Machines machines,
            JavaRDD<Row> numbers,
            long[] available,
            long[] counts,
            int[] strata,
            Broadcast<Shared<MixTaking<?>>> taking) {
        int[] copies = new int[counts.length];
        long[] more = new long[counts.length]; // rows that come once more
        for (int source = 0; source < counts.length; source++) {
            if (counts[source] == 0) continue;
            copies[source] = (int) (counts[source] / available[source]);
            more[source] = counts[source] % available[source];
        }
        JavaRDD<Row> whole = numbers.flatMap(row -> IntStream.range(0, copies[row.getInt(0)])
                .mapToObj(copy -> pick(row, copy, strata, taking.value().get()))
                .iterator());
        JavaRDD<Row> smallest = smallest(machines.table(numbers, NUMBERS), available, more);
        return whole.union(smallest.map(
                row -> pick(row, copies[row.getInt(0)], strata, taking.value().get())));
    }

    private static JavaRDD<Row> smallest(Dataset<Row> numbers, long[] available, long[] more) {
        Object[] drawn = IntStream.range(0, more.length)
                .filter(source -> more[source] > 0)
                .boxed()
                .toArray();
        long[] before = new long[more.length]; // rows of the drawn sources before each
        for (int source = 1; source < more.length; source++) {
            before[source] = before[source - 1] + (more[source - 1] > 0 ? available[source - 1] : 0);
        }
        return first(
                numbers.where(functions.col("source").isin(drawn)).orderBy("source", "draw", "place"), 0, before, more);
    }

    /// The first rows of every group, of rows that are sorted by group.
    ///
    /// @param group the column that says the number of the group
    /// @param before rows of the groups before each
    /// @param taken how many rows are taken of each
    private static JavaRDD<Row> first(Dataset<Row> sorted, int group, long[] before, long[] taken) {
        return sorted.toJavaRDD()
                .zipWithIndex()
                .filter(row -> {
                    int of = row._1().getInt(group);
                    return row._2() - before[of] < taken[of];
                })
                .map(Tuple2::_1);
    }

    private static Row pick(Row row, int copy, int[] strata, MixTaking<?> taking) {
        int source = row.getInt(0);
        long key = taking.order(source, row.getLong(2), copy);
        return RowFactory.create(strata[source], key, source, row.getLong(1), copy);
    }

    private static JavaRDD<Row> sampled(Dataset<Row> picks, int[] strata, long[] counts, long[] left) {
        long[] before = new long[left.length];
        for (int stratum = 1; stratum < left.length; stratum++) {
            int last = stratum - 1;
            before[stratum] = before[last]
                    + IntStream.range(0, counts.length)
                            .filter(source -> strata[source] == last)
                            .mapToLong(source -> counts[source])
                            .sum();
        }
        return first(picks.orderBy("stratum", "key", "source", "place", "copy"), 0, before, left);
    }

    private static JavaPairRDD<Long, Long> positions(Dataset<Row> picks) {
        return picks.orderBy("key", "source", "place", "copy")
                .toJavaRDD()
                .zipWithIndex()
                .mapToPair(row -> new Tuple2<>(row._1().getLong(3), row._2()))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }
}

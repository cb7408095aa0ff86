package dev.caravan.spark;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.caravan.curate.DisjointSets;
import dev.caravan.curate.MinHash;
import dev.caravan.curate.Shingles;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;

/// Pairs of rows whose shingles are alike. Rows that share all minima of a band meet in one bucket, by their places
/// alone; buckets of the same rows are one; and only the shingles of rows that met others travel.
///
/// A bucket is decided by one task, in memory: n rows that are not alike enough cost n² comparisons, as they do the
/// local runner.
final class NearPairs {
    private static final String BAND = "band int, hash long, place long";
    private static final String BUCKET = "bucket long, more long, place long, shingles binary";

    private final Machines machines;
    private final double threshold;
    private final MinHash minHash;

    /// @param threshold similarity from which rows are alike
    NearPairs(Machines machines, double threshold) {
        this.machines = machines;
        this.threshold = threshold;
        this.minHash = MinHash.reaching(threshold);
    }

    /// Enough pairs to join all that are joined by pairs of alike rows: a later place and an earlier one.
    ///
    /// @param distinct rows of different texts, piece by piece
    JavaRDD<Row> of(Rows rows, JavaRDD<Facts> distinct) {
        JavaPairRDD<Long, Bucket> met = rows.beside(buckets(distinct));
        JavaRDD<Row> travelling = distinct.zipPartitions(met, (facts, sorted) -> {
            var marks = new Marks<>(sorted);
            return Iterators.flatMap(facts, row -> travelling(row, marks));
        });
        double similarity = threshold;
        return machines.sorted(travelling, BUCKET, List.of("bucket", "more"), List.of("bucket", "more", "place"))
                .mapPartitions(sorted -> Iterators.flatMap(
                        new Runs<>(sorted, NearPairs::sameBucket), bucket -> alike(bucket, similarity)));
    }

    /// A set of rows that met, by the hash of their places. Two sets of one hash would only be compared together.
    private record Bucket(long hash, long more) implements Serializable {}

    private JavaPairRDD<Long, Bucket> buckets(JavaRDD<Facts> distinct) {
        MinHash hashes = minHash;
        JavaRDD<Row> bands = distinct.mapPartitions(rows -> Iterators.flatMap(rows, row -> bands(row, hashes)));
        JavaRDD<Row> sorted = machines.sorted(bands, BAND, List.of("band", "hash"), List.of("band", "hash", "place"));
        JavaPairRDD<Bucket, long[]> met = sorted.mapPartitionsToPair(rows -> Iterators.map(
                Iterators.filter(new Runs<>(rows, NearPairs::sameBand), run -> run.size() > 1), NearPairs::bucket));
        return met.reduceByKey((one, _) -> one, machines.partitions())
                .flatMapToPair(bucket -> Arrays.stream(bucket._2())
                        .mapToObj(place -> new Tuple2<>(place, bucket._1()))
                        .iterator());
    }

    private static Iterator<Row> bands(Facts row, MinHash hashes) {
        long[] bands = hashes.bands(row.shingles());
        return IntStream.range(0, bands.length)
                .mapToObj(band -> RowFactory.create(band, bands[band], row.place()))
                .iterator();
    }

    private static boolean sameBand(Row one, Row other) {
        return one.getInt(0) == other.getInt(0) && one.getLong(1) == other.getLong(1);
    }

    private static boolean sameBucket(Row one, Row other) {
        return one.getLong(0) == other.getLong(0) && one.getLong(1) == other.getLong(1);
    }

    private static Tuple2<Bucket, long[]> bucket(List<Row> met) {
        HashStream128 stream = Hashing.murmur3_128().hashStream();
        met.forEach(row -> stream.putLong(row.getLong(2)));
        HashValue128 hash = stream.get();
        return new Tuple2<>(
                new Bucket(hash.getMostSignificantBits(), hash.getLeastSignificantBits()),
                met.stream().mapToLong(row -> row.getLong(2)).toArray());
    }

    private static Iterator<Row> travelling(Facts row, Marks<Bucket> marks) {
        List<Bucket> buckets = marks.all(row.place());
        if (buckets.isEmpty()) return List.<Row>of().iterator();
        byte[] shingles = Longs.bytes(row.shingles());
        return Iterators.map(
                buckets.iterator(), bucket -> RowFactory.create(bucket.hash(), bucket.more(), row.place(), shingles));
    }

    private static Iterator<Row> alike(List<Row> bucket, double threshold) {
        List<long[]> shingles =
                bucket.stream().map(row -> Longs.of((byte[]) row.get(3))).toList();
        var sets = new DisjointSets(bucket.size());
        for (int row = 0; row < bucket.size(); row++) {
            for (int earlier = row - 1; earlier >= 0; earlier--) {
                if (sets.same(row, earlier)) continue;
                if (Shingles.similarity(shingles.get(row), shingles.get(earlier)) >= threshold) sets.join(row, earlier);
            }
        }
        return IntStream.range(0, bucket.size())
                .filter(row -> sets.root(row) != row)
                .mapToObj(row -> pair(bucket, row, sets.root(row)))
                .iterator();
    }

    private static Row pair(List<Row> bucket, int row, int earlier) {
        return RowFactory.create(bucket.get(row).getLong(2), bucket.get(earlier).getLong(2));
    }
}

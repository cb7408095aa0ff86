package dev.caravan.spark;

import dev.caravan.curate.Cluster;
import dev.caravan.curate.Repetition;
import dev.caravan.curate.Shingles;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/// A cluster, and why each of its rows but one leaves.
///
/// @param first the place of its first row
/// @param repetitions by place
record JudgedCluster(long first, Cluster cluster, List<Tuple2<Long, Repetition>> repetitions) implements Serializable {
    /// @param members the one that stays first, see [SparkDeduplication] for what they hold
    static JudgedCluster of(List<Row> members) {
        Row stays = members.getFirst();
        long[] shingles = shingles(stays);
        var judged = new ArrayList<Tuple2<Long, Cluster.Member>>();
        var repetitions = new ArrayList<Tuple2<Long, Repetition>>();
        for (Row row : members) {
            boolean equal = row.getLong(5) == stays.getLong(5) && row.getLong(6) == stays.getLong(6);
            double similarity = equal ? 1 : Shingles.similarity(shingles, shingles(row));
            judged.add(new Tuple2<>(place(row), new Cluster.Member(row.getString(3), row.getString(4), similarity)));
            if (row != stays) {
                repetitions.add(new Tuple2<>(place(row), Repetition.of(equal, stays.getString(3), similarity)));
            }
        }
        judged.sort(Comparator.comparing(Tuple2::_1));
        return new JudgedCluster(
                stays.getLong(0),
                new Cluster(stays.getString(3), judged.stream().map(Tuple2::_2).toList()),
                repetitions);
    }

    private static long place(Row row) {
        return row.getLong(2);
    }

    private static long[] shingles(Row row) {
        return Longs.of((byte[]) row.get(7));
    }
}

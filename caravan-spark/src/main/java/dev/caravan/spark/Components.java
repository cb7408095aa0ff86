package dev.caravan.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/// What is joined by pairs, by the alternation of large and small stars of Kiveris and others, [Connected Components in
/// MapReduce and Beyond](https://doi.org/10.1145/2670979.2670997): a number of rounds that grows with the logarithm of
/// the size of a component, and memory for none as a whole.
final class Components {
    private static final Column ONE = functions.col("one");
    private static final Column ROOT = functions.col("root");

    private static final String SCHEMA = "one long, root long";

    private Components() {}

    /// Every place that some pair joins to an earlier one, and the first place of all that are joined with it.
    ///
    /// @param pairs a later place `one` and an earlier place `root`
    static Dataset<Row> of(Machines machines, Dataset<Row> pairs) {
        JavaRDD<Row> kept = kept(pairs.distinct());
        Dataset<Row> stars = machines.table(kept, SCHEMA);
        for (Row before = null, after = sums(stars); !after.equals(before); ) {
            JavaRDD<Row> next = kept(smallStars(largeStars(stars)));
            stars = machines.table(next, SCHEMA);
            before = after;
            after = sums(stars);
            kept.unpersist();
            kept = next;
        }
        return stars;
    }

    /// Pairs that are kept, as if they came from nowhere: the plan of a round must not hold those of all rounds before.
    private static JavaRDD<Row> kept(Dataset<Row> pairs) {
        return pairs.toJavaRDD().persist(StorageLevel.MEMORY_AND_DISK());
    }

    /// Joins the later neighbours of every place to the first of its neighbours and itself.
    private static Dataset<Row> largeStars(Dataset<Row> pairs) {
        Dataset<Row> both = pairs.union(pairs.select(ROOT.as("one"), ONE.as("root")));
        return both.withColumn("first", functions.least(ONE, first()))
                .where(ROOT.gt(ONE))
                .select(ROOT.as("one"), functions.col("first").as("root"))
                .distinct();
    }

    /// Joins the earlier neighbours of every place, and itself, to the first of them.
    private static Dataset<Row> smallStars(Dataset<Row> pairs) {
        Dataset<Row> firsts = pairs.withColumn("first", first());
        Dataset<Row> neighbours = firsts.where(ROOT.gt(functions.col("first")))
                .select(ROOT.as("one"), functions.col("first").as("root"));
        return firsts.select(ONE, functions.col("first").as("root"))
                .union(neighbours)
                .distinct();
    }

    private static Column first() {
        return functions.min(ROOT).over(Window.partitionBy(ONE));
    }

    /// What a round leaves as it is when nothing is left to do: the number of pairs and a sum of hashes of them.
    private static Row sums(Dataset<Row> pairs) {
        Column hash = functions.xxhash64(ONE, ROOT).cast("decimal(38,0)");
        return pairs.agg(functions.count(functions.lit(1)), functions.sum(hash)).first();
    }
}

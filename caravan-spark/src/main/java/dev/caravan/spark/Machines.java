package dev.caravan.spark;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/// Where jobs run.
///
/// @param partitions how many pieces the work comes in, where it can be cut; the results are the same for any number
record Machines(SparkSession session, int partitions) {
    Machines {
        if (partitions < 1) throw new IllegalArgumentException("partitions must be at least 1, got " + partitions);
    }

    JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    /// Rows under a schema in Spark's notation, such as `place long, id string`.
    Dataset<Row> table(JavaRDD<Row> rows, String schema) {
        return session.createDataFrame(rows, StructType.fromDDL(schema));
    }

    /// Rows that agree in some columns brought together, and sorted.
    JavaRDD<Row> sorted(JavaRDD<Row> rows, String schema, List<String> together, List<String> order) {
        return sorted(table(rows, schema), together, order).toJavaRDD();
    }

    Dataset<Row> sorted(Dataset<Row> rows, List<String> together, List<String> order) {
        return rows.repartition(partitions, columns(together)).sortWithinPartitions(columns(order));
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(functions::col).toArray(Column[]::new);
    }
}

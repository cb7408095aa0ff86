package dev.caravan.spark;

import dev.caravan.RecipeException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/// Where a command's job runs.
final class SparkOptions {
    private static final String LOCAL = "local[*]";

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Spark's master, such as local[4] or spark://host:7077 (default: that of spark-submit, or else"
                            + " local[*])")
    private Optional<String> master = Optional.empty();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "pieces that the work comes in; results are the same for any number (default: two a core)")
    private Optional<Integer> partitions = Optional.empty();

    /// Starts Spark, does a job, and stops Spark unless it was running before.
    <T> T run(Function<Machines, T> job) {
        if (partitions.filter(wanted -> wanted < 1).isPresent()) {
            throw new RecipeException("--partitions must be at least 1, got " + partitions.get());
        }
        boolean running = SparkSession.getDefaultSession().isDefined();
        SparkSession session = session();
        try {
            return job.apply(machines(session));
        } finally {
            if (!running) session.stop();
        }
    }

    private SparkSession session() {
        var conf = new SparkConf();
        master.ifPresent(conf::setMaster);
        conf.setIfMissing("spark.master", LOCAL);
        requireJars(conf);
        conf.setIfMissing("spark.app.name", "caravan");
        conf.setIfMissing("spark.ui.enabled", "false");
        return SparkSession.builder().config(conf).getOrCreate();
    }

    /// Machines of a cluster have Caravan's jars from spark-submit only.
    private static void requireJars(SparkConf conf) {
        String master = conf.get("spark.master");
        if (master.startsWith("local") || conf.contains("spark.jars")) return;
        throw new RecipeException("--master " + master
                + " is a cluster, which gets its jars from spark-submit: set SPARK_HOME to a Spark 4.2.0");
    }

    private Machines machines(SparkSession session) {
        int wanted = partitions.orElseGet(() -> 2 * session.sparkContext().defaultParallelism());
        var machines = new Machines(session, wanted);
        session.conf().set("spark.sql.shuffle.partitions", wanted);
        return machines;
    }
}

package dev.caravan.spark;

import dev.caravan.cli.DedupOptions;
import dev.caravan.curate.FileSource;
import dev.caravan.io.Store;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `dedup` as a job.
@Command(
        name = "dedup",
        mixinStandardHelpOptions = true,
        description = "Leave out rows that repeat others: data.jsonl, rejected.jsonl, clusters.jsonl, report.json.")
final class DedupCommand implements Callable<Integer> {
    @Mixin
    private final DedupOptions options = new DedupOptions();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Override
    public Integer call() {
        List<FileSource> sources = options.sources();
        var deduplication = new SparkDeduplication(sources, options.rule(sources));
        var counts = spark.run(machines -> deduplication.write(machines, new Store(), options.out(), options.line()));
        System.err.println(counts.summary());
        return 0;
    }
}

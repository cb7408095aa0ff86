package dev.caravan.spark;

import dev.caravan.cli.DecontaminationOptions;
import dev.caravan.curate.Decontaminator;
import dev.caravan.curate.FileSource;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `decontaminate` as a job.
@Command(
        name = "decontaminate",
        mixinStandardHelpOptions = true,
        description = "Find training rows that repeat test items, and take them out.")
final class DecontaminateCommand implements Callable<Integer> {
    @Mixin
    private final DecontaminationOptions options = new DecontaminationOptions();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Override
    public Integer call() {
        Path out = options.out();
        Decontaminator rule = options.rule();
        List<FileSource> sources = options.sources();
        var decontamination = new SparkDecontamination(
                sources, rule, options.items(rule), options.policies(sources), options.recheck());
        var counts = spark.run(machines -> decontamination.write(machines, new Store(), out));
        System.err.printf("%d rows: %d clean%n", counts.rows(), counts.clean());
        counts.reasons().forEach((reason, left) -> System.err.println(left + " " + reason));
        return 0;
    }
}

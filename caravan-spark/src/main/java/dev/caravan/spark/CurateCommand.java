package dev.caravan.spark;

import dev.caravan.cli.CurateOptions;
import dev.caravan.io.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `curate` as a job.
@Command(
        name = "curate",
        mixinStandardHelpOptions = true,
        description = "Read rows of many shapes, and keep or reject each with a reason: DIR/data.jsonl,"
                + " DIR/rejected.jsonl, DIR/report.json.")
final class CurateCommand implements Callable<Integer> {
    @Mixin
    private final CurateOptions options = new CurateOptions();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Override
    public Integer call() {
        var curation = new SparkCuration(options.sources(), options.filters(), options.tokenizer());
        return CurateOptions.summarise(spark.run(machines -> curation.write(machines, new Store(), options.out())));
    }
}

package dev.caravan.spark;

import dev.caravan.cli.MixOptions;
import dev.caravan.curate.FileSource;
import dev.caravan.io.Store;
import dev.caravan.recipe.Mix;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mix` as a job.
@Command(
        name = "mix",
        mixinStandardHelpOptions = true,
        description = "Mix sources by weight: data.jsonl, rejected.jsonl, report.json.")
final class MixCommand implements Callable<Integer> {
    @Mixin
    private final MixOptions options = new MixOptions();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Override
    public Integer call() {
        Mix mix = options.mix();
        if (options.check()) {
            MixOptions.print(mix);
        } else {
            mix(mix, options.out());
        }
        return 0;
    }

    private void mix(Mix mix, Path out) {
        Class<?> type = options.rows().type();
        List<FileSource> files = mix.sources().stream().map(MixOptions::file).toList();
        var job = new SparkMix(mix, options.seed(mix), files, type);
        var report = spark.run(machines -> job.write(machines, new Store(), out));
        System.err.printf("%d rows of %d%n", report.rows(), report.rowsIn());
    }
}

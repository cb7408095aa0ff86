package dev.caravan.cli;

import dev.caravan.curate.FileSource;
import dev.caravan.curate.MixRows;
import dev.caravan.curate.MixRun;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import dev.caravan.recipe.Mix;
import dev.caravan.recipe.MixSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `caravan mix`: weighted sources as one data set.
@Command(
        name = "mix",
        mixinStandardHelpOptions = true,
        description = "Mix sources by weight: data.jsonl, rejected.jsonl, report.json.")
final class MixCommand implements Callable<Integer> {
    @Mixin
    private final MixOptions options = new MixOptions();

    @Override
    public Integer call() {
        Mix mix = options.mix();
        if (options.check()) {
            MixOptions.print(mix);
        } else {
            mix(mix, options.rows(), options.out());
        }
        return 0;
    }

    private <T> void mix(Mix mix, MixRows<T> kind, Path folder) {
        new RowFiles(mix.sources().stream().map(MixOptions::file).toList())
                .apartFrom(folder, "data.jsonl", "rejected.jsonl", "report.json");
        List<Supplier<Stream<T>>> files =
                mix.sources().stream().map(source -> rows(source, kind)).toList();
        var run = new MixRun<>(mix.mixture(), kind, files, options.seed(mix));
        var store = new Store();
        store.beginResults(folder);
        JsonLines.write(store, folder.resolve("data.jsonl"), run.rows());
        JsonLines.write(store, folder.resolve("rejected.jsonl"), run.rejected());
        JsonLines.write(store, folder.resolve("report.json"), Stream.of(run.report()));
        System.err.printf("%d rows of %d%n", run.rowsOut(), run.rowsIn());
    }

    private static <T> Supplier<Stream<T>> rows(MixSource source, MixRows<T> kind) {
        FileSource file = MixOptions.file(source);
        return () -> source.taken(RowFiles.examples(file).flatMap(row -> kind.of(row).stream()), kind.source());
    }
}

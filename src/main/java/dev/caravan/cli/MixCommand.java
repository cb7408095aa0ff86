package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.MixRows;
import dev.caravan.curate.MixRun;
import dev.caravan.curate.Weight;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import dev.caravan.recipe.Mix;
import dev.caravan.recipe.MixSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `caravan mix`: weighted sources as one data set.
@Command(
        name = "mix",
        mixinStandardHelpOptions = true,
        description = "Mix sources by weight: data.jsonl, rejected.jsonl, report.json.")
final class MixCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MIX.yaml", description = "the sources and their weights")
    private Path file = Path.of("");

    @Option(
            names = "--rows",
            paramLabel = "conversations|prompts|pairs",
            description = "what the sources hold (default: conversations)")
    private String rows = "conversations";

    @Option(names = "--seed", paramLabel = "N", description = "of every draw (default: that of the file)")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--check", description = "only add up what the file asks for; its sources need not be here")
    private boolean check;

    @Option(names = "--out", paramLabel = "DIR", description = "where the results go")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() {
        Mix mix = Mix.read(file).get();
        if (check) return check(mix);
        Path folder = out.orElseThrow(() -> new RecipeException("mix needs --out DIR, or --check"));
        switch (rows) {
            case "conversations" -> mix(mix, MixRows.conversations(), RowFiles::conversations, folder);
            case "prompts" -> mix(mix, MixRows.prompts(), RowFiles::prompts, folder);
            case "pairs" -> mix(mix, MixRows.pairs(), RowFiles::pairs, folder);
            default -> throw new RecipeException("--rows must be conversations, prompts or pairs, got '" + rows + "'");
        }
        return 0;
    }

    private static int check(Mix mix) {
        mix.sources().forEach(source -> System.out.println(source.name() + "\t" + words(source.weight())));
        mix.mixture().statedRows().ifPresent(rows -> System.out.println("total\t" + rows));
        return 0;
    }

    private static String words(Weight weight) {
        return switch (weight) {
            case Weight.Count(long rows) -> Long.toString(rows);
            case Weight.Fraction(double of) -> of + " of its rows";
            case Weight.Share(double of) -> of + " of the mix";
        };
    }

    private <T> void mix(Mix mix, MixRows<T> kind, Function<FileSource, Stream<T>> read, Path folder) {
        List<Supplier<Stream<T>>> files =
                mix.sources().stream().map(source -> rows(source, kind, read)).toList();
        var run = new MixRun<>(mix.mixture(), kind, files, seed.orElse(mix.seed()));
        var store = new Store();
        store.beginResults(folder);
        JsonLines.write(store, folder.resolve("data.jsonl"), run.rows());
        JsonLines.write(store, folder.resolve("rejected.jsonl"), run.rejected());
        JsonLines.write(store, folder.resolve("report.json"), Stream.of(run.report()));
        System.err.printf("%d rows of %d%n", run.rowsOut(), run.rowsIn());
    }

    private static <T> Supplier<Stream<T>> rows(
            MixSource source, MixRows<T> kind, Function<FileSource, Stream<T>> read) {
        FileSource file = source(source);
        return () -> source.taken(read.apply(file), kind.source());
    }

    private static FileSource source(MixSource source) {
        String place = source.data().text();
        if (!place.startsWith("hf:") && !Files.exists(Path.of(place))) {
            throw new RecipeException("source '%s': there is no file %s; fetch it, or name another under data"
                    .formatted(source.name(), place));
        }
        return RowFiles.source(source.name(), place);
    }
}

package dev.caravan.cli;

import dev.caravan.curate.DecontaminationRun;
import dev.caravan.curate.Decontaminator;
import dev.caravan.curate.Example;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Overlap;
import dev.caravan.curate.Screening;
import dev.caravan.curate.TestItem;
import dev.caravan.curate.TrainingRows;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `caravan decontaminate`: what training files repeat of test items; with `--pairs`, how much of a test text a
/// training text repeats.
@Command(
        name = "decontaminate",
        mixinStandardHelpOptions = true,
        description = "Find training rows that repeat test items, and take them out.")
final class DecontaminateCommand implements Callable<Integer> {
    @Mixin
    private final RowTool rows = new RowTool();

    @Mixin
    private final DecontaminationOptions options = new DecontaminationOptions();

    @Option(
            names = "--pairs",
            description =
                    "compare pairs: {\"train\", \"test\"} to {\"shares_ngram\", \"covered\", \"tokens\", \"coverage\"}")
    private boolean pairs;

    @Option(names = "--threads", paramLabel = "N", description = "rows compared at a time (default: one a core)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        int n = options.n();
        if (!pairs) return files();
        return rows.each(
                row -> answer(Decontaminator.overlap(n, RowFields.text(row, "train"), RowFields.text(row, "test"))));
    }

    private static ObjectNode answer(Overlap overlap) {
        return Json.mapper()
                .createObjectNode()
                .put("shares_ngram", overlap.covered() > 0)
                .put("covered", overlap.covered())
                .put("tokens", overlap.words())
                .put("coverage", overlap.coverage());
    }

    private int files() {
        Path out = options.out();
        Decontaminator rule = options.rule();
        List<FileSource> sources = options.sources();
        List<TestItem> items = options.items(rule);
        var screening = DecontaminationOptions.checked(() -> new Screening(rule, items, threads));
        var decontamination = new DecontaminationRun(screening, options.policies(sources));
        write(decontamination, TrainingRows.examples(new RowFiles(sources)::examples), out);
        System.err.printf("%d rows: %d clean%n", decontamination.rows(), decontamination.clean());
        decontamination.reasons().forEach((reason, left) -> System.err.println(left + " " + reason));
        return 0;
    }

    private void write(DecontaminationRun decontamination, TrainingRows<Example> train, Path folder) {
        var store = new Store();
        store.beginResults(folder);
        Path clean = folder.resolve("clean.jsonl");
        decontamination.survey(train);
        store.write(
                folder.resolve("removed.jsonl"),
                removed -> store.write(clean, kept -> decontamination.write(train, kept, removed)));
        if (options.recheck()) {
            decontamination.recheck(TrainingRows.examples(() -> written(clean)));
        }
        store.write(folder.resolve("contamination.tsv"), decontamination.table().tsv());
        JsonLines.write(store, folder.resolve("report.json"), Stream.of(decontamination.report()));
    }

    private static Stream<Example> written(Path file) {
        return file.toFile().length() == 0
                ? Stream.empty()
                : RowFiles.of(List.of(file.toString())).examples();
    }
}

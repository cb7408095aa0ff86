package dev.caravan.cli;

import dev.caravan.curate.Deduplication;
import dev.caravan.curate.DeduplicationCounts;
import dev.caravan.curate.Example;
import dev.caravan.curate.FileSource;
import dev.caravan.data.Conversation;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `caravan dedup`: leaves one of the rows that say the same, or nearly so.
@Command(
        name = "dedup",
        mixinStandardHelpOptions = true,
        description = "Leave out rows that repeat others: data.jsonl, rejected.jsonl, clusters.jsonl, report.json.")
final class DedupCommand implements Callable<Integer> {
    @Mixin
    private final DedupOptions options = new DedupOptions();

    @Override
    public Integer call() {
        List<FileSource> sources = options.sources();
        var rule = options.rule(sources);
        Map<String, Example> rows = new LinkedHashMap<>();
        try (Stream<Example> all = new RowFiles(sources).examples()) {
            all.forEach(row -> rows.put(row.id(), row));
        }
        Deduplication result = rule.deduplicate(rows.values().stream().map(Example::conversation));
        var counts = DeduplicationCounts.of(result);
        var store = new Store();
        Path out = options.out();
        store.beginResults(out);
        JsonLines.write(store, out.resolve("data.jsonl"), result.kept().stream().map(row -> written(rows, row)));
        JsonLines.write(
                store,
                out.resolve("rejected.jsonl"),
                result.rejected().stream().map(rejection -> rejection.line(written(rows, rejection.row()))));
        JsonLines.write(store, out.resolve("clusters.jsonl"), result.clusters().stream());
        JsonLines.write(store, out.resolve("report.json"), Stream.of(counts.report(options.line())));
        System.err.println(counts.summary());
        return 0;
    }

    private static Map<String, Object> written(Map<String, Example> rows, Conversation row) {
        return Objects.requireNonNull(rows.get(row.id()), "only rows that were read are kept or left out")
                .row();
    }
}

package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.Cluster;
import dev.caravan.curate.Deduplication;
import dev.caravan.curate.Deduplicator;
import dev.caravan.curate.Example;
import dev.caravan.curate.Keep;
import dev.caravan.curate.Rejection;
import dev.caravan.data.Conversation;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `caravan dedup`: leaves one of the rows that say the same, or nearly so.
@Command(
        name = "dedup",
        mixinStandardHelpOptions = true,
        description = "Leave out rows that repeat others: data.jsonl, rejected.jsonl, clusters.jsonl, report.json.")
final class DedupCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "SRC", description = RowFiles.DESCRIPTION)
    private List<String> files = List.of();

    @Option(
            names = "--near",
            paramLabel = "S",
            description = "also leave out near-duplicates, from this similarity of word 5-grams on, such as 0.8")
    private Optional<Double> near = Optional.empty();

    @Option(
            names = "--keep",
            paramLabel = "first|longest|best-source",
            description = "which of them stays; best-source: that of the file named first (default: first)")
    private String keep = "first";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "where the results go")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        RowFiles sources = RowFiles.of(files);
        Deduplicator rule = rule(sources);
        Map<String, Example> rows = new LinkedHashMap<>();
        try (Stream<Example> all = sources.examples()) {
            all.forEach(row -> rows.put(row.id(), row));
        }
        Deduplication result = rule.deduplicate(rows.values().stream().map(Example::conversation));
        var store = new Store();
        store.beginResults(out);
        JsonLines.write(store, out.resolve("data.jsonl"), result.kept().stream().map(row -> written(rows, row)));
        JsonLines.write(
                store,
                out.resolve("rejected.jsonl"),
                result.rejected().stream().map(rejection -> rejection.line(written(rows, rejection.row()))));
        JsonLines.write(store, out.resolve("clusters.jsonl"), result.clusters().stream());
        JsonLines.write(store, out.resolve("report.json"), Stream.of(report(result)));
        System.err.printf(
                "%d rows: %d kept, %d left out in %d clusters%n",
                rows.size(),
                result.kept().size(),
                result.rejected().size(),
                result.clusters().size());
        return 0;
    }

    private static Map<String, Object> written(Map<String, Example> rows, Conversation row) {
        return Objects.requireNonNull(rows.get(row.id()), "only rows that were read are kept or left out")
                .row();
    }

    private Deduplicator rule(RowFiles sources) {
        try {
            return new Deduplicator(near, keep(sources));
        } catch (IllegalArgumentException e) {
            throw new RecipeException("--" + e.getMessage());
        }
    }

    private Keep keep(RowFiles sources) {
        return switch (keep) {
            case "first" -> new Keep.First();
            case "longest" -> new Keep.Longest();
            case "best-source" -> new Keep.BestSource(sources.names());
            default -> throw new RecipeException("--keep must be first, longest or best-source, got '" + keep + "'");
        };
    }

    private Map<String, Object> report(Deduplication result) {
        var report = new LinkedHashMap<String, Object>();
        report.put("rows", result.in());
        report.put("kept", result.kept().size());
        report.put(
                "rejected",
                result.rejected().stream()
                        .collect(Collectors.groupingBy(Rejection::filter, TreeMap::new, Collectors.counting())));
        report.put("clusters", result.clusters().size());
        report.put(
                "clusters_across_sources",
                result.clusters().stream().filter(Cluster::crossesSources).count());
        report.put(
                "rows_by_source",
                bySource(Stream.concat(
                        result.kept().stream(), result.rejected().stream().map(Rejection::row))));
        report.put("kept_by_source", bySource(result.kept().stream()));
        near.ifPresent(similarity -> report.put("near", similarity));
        report.put("keep", keep);
        return report;
    }

    private static Map<String, Long> bySource(Stream<Conversation> rows) {
        return rows.collect(Collectors.groupingBy(Conversation::source, TreeMap::new, Collectors.counting()));
    }
}

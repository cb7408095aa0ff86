package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.Deduplicator;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Keep;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The options of `dedup`.
public final class DedupOptions {
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

    public Path out() {
        return out;
    }

    /// @throws RecipeException when a source is not there
    public List<FileSource> sources() {
        return RowFiles.of(files)
                .apartFrom(out, "data.jsonl", "rejected.jsonl", "clusters.jsonl")
                .sources();
    }

    /// What `report.json` repeats of the options.
    public Map<String, Object> line() {
        var line = new LinkedHashMap<String, Object>();
        near.ifPresent(similarity -> line.put("near", similarity));
        line.put("keep", keep);
        return line;
    }

    /// @throws RecipeException when an option has no such value
    public Deduplicator rule(List<FileSource> sources) {
        try {
            return new Deduplicator(near, keep(sources));
        } catch (IllegalArgumentException e) {
            throw new RecipeException("--" + e.getMessage());
        }
    }

    private Keep keep(List<FileSource> sources) {
        return switch (keep) {
            case "first" -> new Keep.First();
            case "longest" -> new Keep.Longest();
            case "best-source" ->
                new Keep.BestSource(sources.stream().map(FileSource::name).toList());
            default -> throw new RecipeException("--keep must be first, longest or best-source, got '" + keep + "'");
        };
    }
}

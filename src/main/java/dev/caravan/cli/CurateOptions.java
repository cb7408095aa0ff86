package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.config.Binder;
import dev.caravan.curate.BadRows;
import dev.caravan.curate.Curation;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Filter;
import dev.caravan.curate.RejectBadRows;
import dev.caravan.curate.StopBadRows;
import dev.caravan.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The options of `curate`.
public final class CurateOptions {
    private static final int BAD_ROWS = 3;

    @Parameters(paramLabel = "SRC", arity = "1..*", description = RowFiles.DESCRIPTION)
    private List<String> sources = List.of();

    @Option(
            names = "--filters",
            paramLabel = "F",
            description = "names such as empty-turn,role-order, or a YAML file with a list 'filters' as in a recipe")
    private Optional<String> filters = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "the folder to write")
    private Path out = Path.of("");

    @Option(
            names = "--bad-rows",
            paramLabel = "SHARE",
            description = "share of a file's rows that may be malformed before all stops (default: ${DEFAULT-VALUE})")
    private double badRows = 1;

    @Option(
            names = "--tokenizer",
            paramLabel = "M",
            description = "a model's folder or tokenizer.json: the report counts tokens, too")
    private Optional<Path> tokenizer = Optional.empty();

    /// What a file of filters holds.
    private record FilterList(List<Filter> filters) {}

    public Path out() {
        return out;
    }

    public Optional<Path> tokenizer() {
        return tokenizer;
    }

    /// The filters in their order.
    ///
    /// @throws RecipeException when there is none of such a name, or the file is wrong
    public List<Filter> filters() {
        return filters.map(CurateOptions::filters).orElse(List.of());
    }

    /// Prints the summary.
    ///
    /// @return the exit status: 0, or 3 when a row was bad
    public static int summarise(Curation.Report report) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("in", report.in());
        summary.put("out", report.out());
        summary.put("rejected", report.rejected());
        System.out.println(Json.write(summary));
        return report.bad() > 0 ? BAD_ROWS : 0;
    }

    /// The sources, with the rule for their bad rows.
    ///
    /// @throws RecipeException when one is not there
    public List<FileSource> sources() {
        BadRows rule = rule();
        return RowFiles.of(sources).apartFrom(out, "data.jsonl", "rejected.jsonl").sources().stream()
                .map(source -> source.with(rule))
                .toList();
    }

    private BadRows rule() {
        if (badRows == 0) return new StopBadRows();
        if (badRows > 0 && badRows <= 1) return new RejectBadRows(badRows);
        throw new RecipeException("--bad-rows must lie between 0 and 1, got " + badRows);
    }

    private static List<Filter> filters(String text) {
        Path file = Path.of(text);
        if (Files.isRegularFile(file)) {
            return Binder.read(FilterList.class, file, List.of()).get().filters();
        }
        String yaml = Arrays.stream(text.split(","))
                .map(name -> "{type: '" + name.strip().replace("'", "''") + "'}")
                .collect(Collectors.joining(", ", "filters: [", "]"));
        return Binder.bind(FilterList.class, "--filters", yaml, List.of()).get().filters();
    }
}

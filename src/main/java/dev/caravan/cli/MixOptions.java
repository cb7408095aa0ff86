package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.MixRows;
import dev.caravan.curate.Weight;
import dev.caravan.recipe.Mix;
import dev.caravan.recipe.MixSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The options of `mix`.
public final class MixOptions {
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

    /// The mix of the file.
    ///
    /// @throws RecipeException with every problem of the file
    public Mix mix() {
        return Mix.read(file).get();
    }

    public long seed(Mix mix) {
        return seed.orElse(mix.seed());
    }

    /// Where the results go.
    ///
    /// @throws RecipeException when that is missing
    public Path out() {
        return out.orElseThrow(() -> new RecipeException("mix needs --out DIR, or --check"));
    }

    /// Whether nothing but the sums is wanted.
    public boolean check() {
        return check;
    }

    /// What the sources hold.
    ///
    /// @throws RecipeException when there is no such kind
    public MixRows<?> rows() {
        return switch (rows) {
            case "conversations" -> MixRows.conversations();
            case "prompts" -> MixRows.prompts();
            case "pairs" -> MixRows.pairs();
            default -> throw new RecipeException("--rows must be conversations, prompts or pairs, got '" + rows + "'");
        };
    }

    /// Prints what the file asks for.
    public static void print(Mix mix) {
        mix.sources().forEach(source -> System.out.println(source.name() + "\t" + words(source.weight())));
        mix.mixture().statedRows().ifPresent(total -> System.out.println("total\t" + total));
    }

    private static String words(Weight weight) {
        return switch (weight) {
            case Weight.Count(long count) -> Long.toString(count);
            case Weight.Fraction(double of) -> of + " of its rows";
            case Weight.Share(double of) -> of + " of the mix";
        };
    }

    /// The file of a source.
    ///
    /// @throws RecipeException when it is not there
    public static FileSource file(MixSource source) {
        String place = source.data().text();
        if (!place.startsWith("hf:") && !Files.exists(Path.of(place))) {
            throw new RecipeException("source '%s': there is no file %s; fetch it, or name another under data"
                    .formatted(source.name(), place));
        }
        return RowFiles.source(source.name(), place);
    }
}

package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.curate.Decontaminator;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Matcher;
import dev.caravan.curate.Policies;
import dev.caravan.curate.Policies.Policy;
import dev.caravan.curate.TestItem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// The options of `decontaminate` over files.
public final class DecontaminationOptions {
    @Option(names = "--train", arity = "1..*", paramLabel = "F", description = RowFiles.DESCRIPTION)
    private List<String> train = List.of();

    @Option(
            names = "--against",
            arity = "1..*",
            paramLabel = "TASK|F",
            description =
                    "evaluation tasks, or test items in files as for --train; NAME=F#A,B names a file's items and the"
                            + " keys that are compared, or the numbers of columns of a table without a header")
    private List<String> against = List.of();

    @Option(
            names = "--method",
            paramLabel = "ngram|exact|embedding",
            description = "ngram: by shared n-grams; exact: whole items only; embedding: by meaning, with an embedder"
                    + " on the class path (default: ngram)")
    private String method = "ngram";

    @Option(
            names = "--token-match",
            paramLabel = "S",
            description = "share of an item's words above which a row repeats it (default: ${DEFAULT-VALUE})")
    private double tokenMatch = 0.5;

    @Option(
            names = "--embedder",
            paramLabel = "E",
            description = "makes the vectors of --method embedding (default: ${DEFAULT-VALUE})")
    private String embedder = "minilm";

    @Option(
            names = "--similarity",
            paramLabel = "S",
            description = "cosine from which on a row repeats an item (default: ${DEFAULT-VALUE})")
    private double similarity = 0.95;

    @Option(
            names = "--dataset-match",
            paramLabel = "S",
            description = "share of a task's items above which a file is contaminated (default: ${DEFAULT-VALUE})")
    private double datasetMatch = 0.02;

    @Option(
            names = "--fields",
            split = ",",
            paramLabel = "A,B",
            description = "keys of the test items' files that are compared (default: the usual ones)")
    private List<String> fields = List.of();

    @Option(names = "--turns", paramLabel = "user|all", description = "which turns are compared (default: user)")
    private String turns = "user";

    @Option(
            names = "--policy",
            split = ",",
            paramLabel = "remove|drop|report",
            description =
                    "remove: rows that repeat an item; drop: contaminated files whole, too; report: nothing. SOURCE=drop"
                            + " for a single file (default: remove)")
    private List<String> policy = List.of();

    @Option(
            names = "--unseen",
            split = ",",
            paramLabel = "TASK",
            description = "tasks for which contaminated files are dropped whole")
    private List<String> unseen = List.of();

    @Option(
            names = "--compat",
            paramLabel = "tulu3|current",
            description = "tulu3 computes as the release did, defects included (default: current)")
    private String compat = "current";

    @Option(
            names = "--no-recheck",
            negatable = true,
            description = "do not read clean.jsonl once more to compare it again")
    private boolean recheck = true;

    @Option(names = "--out", paramLabel = "DIR", description = "where the results go")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--n", paramLabel = "N", description = "words of an n-gram (default: ${DEFAULT-VALUE})")
    private int n = 8;

    /// Words of an n-gram.
    ///
    /// @throws RecipeException when there are too few
    public int n() {
        if (n < 1) throw new RecipeException("--n must be at least 1, got " + n);
        return n;
    }

    /// Where the results go.
    ///
    /// @throws RecipeException when an option is missing that files need
    public Path out() {
        return out.filter(_ -> !train.isEmpty() && !against.isEmpty())
                .orElseThrow(
                        () -> new RecipeException("decontaminate needs --train, --against and --out, or else --pairs"));
    }

    /// Whether what is clean is compared once more.
    public boolean recheck() {
        return recheck;
    }

    /// @throws RecipeException when an option has no such value
    public Decontaminator rule() {
        Matcher matcher = checked(() -> matcher(n()));
        return checked(() -> new Decontaminator(matcher, datasetMatch, turns()));
    }

    /// @throws RecipeException when one is not there
    public List<FileSource> sources() {
        return RowFiles.of(train)
                .apartFrom(out(), "clean.jsonl", "removed.jsonl")
                .sources();
    }

    /// The test items.
    ///
    /// @throws RecipeException when there are none
    public List<TestItem> items(Decontaminator rule) {
        return new AgainstOption(against, fields, rule.method() instanceof Matcher.Release).items();
    }

    private Matcher matcher(int n) {
        boolean release = switch (compat) {
            case "current" -> false;
            case "tulu3" -> true;
            default -> throw new RecipeException("--compat must be tulu3 or current, got '" + compat + "'");
        };
        return switch (method) {
            case "ngram" -> release ? new Matcher.Release(n, tokenMatch) : new Matcher.Ngram(n, tokenMatch);
            case "exact" -> {
                if (release) throw new RecipeException("--compat tulu3 goes with --method ngram only");
                yield new Matcher.Exact(n);
            }
            case "embedding" -> {
                if (release) throw new RecipeException("--compat tulu3 goes with --method ngram only");
                yield new Matcher.Embedding(embedder, similarity);
            }
            default -> throw new RecipeException("--method must be ngram, exact or embedding, got '" + method + "'");
        };
    }

    private Decontaminator.Turns turns() {
        return switch (turns) {
            case "user" -> Decontaminator.Turns.USER;
            case "all" -> Decontaminator.Turns.ALL;
            default -> throw new RecipeException("--turns must be user or all, got '" + turns + "'");
        };
    }

    /// @throws RecipeException when there is no such policy or source
    public Policies policies(List<FileSource> sources) {
        List<String> names = sources.stream().map(FileSource::name).toList();
        Policy standard = Policy.REMOVE;
        Map<String, Policy> bySource = new LinkedHashMap<>();
        for (String text : policy) {
            int equals = text.lastIndexOf('=');
            if (equals < 0) {
                standard = policy(text);
            } else {
                String source = text.substring(0, equals);
                if (!names.contains(source)) {
                    throw new RecipeException(
                            "--policy: there is no source '%s'; they are %s".formatted(source, names));
                }
                bySource.put(source, policy(text.substring(equals + 1)));
            }
        }
        return new Policies(standard, bySource, unseen);
    }

    private static Policy policy(String word) {
        return Stream.of(Policy.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new RecipeException("--policy must be remove, drop or report, got '" + word + "'"));
    }

    static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new RecipeException("--" + String.valueOf(e.getMessage()).replaceFirst("_", "-"));
        }
    }
}

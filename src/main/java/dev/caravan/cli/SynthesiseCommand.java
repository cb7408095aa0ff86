package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.config.Names;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Watch;
import dev.caravan.generate.synthesis.Kind;
import dev.caravan.generate.synthesis.Personas;
import dev.caravan.generate.synthesis.PromptFiles;
import dev.caravan.generate.synthesis.Synthesis;
import dev.caravan.generate.synthesis.SynthesisFiles;
import dev.caravan.generate.synthesis.SynthesisReport;
import dev.caravan.io.Interrupted;
import dev.caravan.io.Json;
import dev.caravan.io.RunLock;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `caravan synthesise KIND`: rows written by a model for personas.
@Command(
        name = "synthesise",
        mixinStandardHelpOptions = true,
        description = "Let a model or an endpoint write prompts and answers: DIR/data.jsonl, DIR/prompts.jsonl,"
                + " DIR/rejected.jsonl, DIR/report.json, and DIR/pairs.jsonl with --relax. Interrupted, the same"
                + " command goes on.")
final class SynthesiseCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    @Parameters(paramLabel = "KIND", description = "hard-maths, grade-school-maths, algebra, python or instructions")
    private String kind = "";

    @Option(names = "--model", paramLabel = "M", description = "a model's folder, a GGUF file, or hf:org/name@revision")
    private Optional<String> model = Optional.empty();

    @Option(names = "--endpoint", paramLabel = "URL", description = "an OpenAI-compatible server, in place of a model")
    private Optional<String> endpoint = Optional.empty();

    @Mixin
    private final ChatModelOptions options = new ChatModelOptions();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(names = "--rows", paramLabel = "N", description = "rows that are tried (default: ${DEFAULT-VALUE})")
    private int rows = 100;

    @Option(
            names = "--personas",
            paramLabel = "F",
            description = "rows {\"persona\": \"…\"} (default: two hundred that come with Caravan)")
    private Optional<Path> personas = Optional.empty();

    @Option(
            names = "--prompts",
            paramLabel = "FOLDER",
            description = "files that take the place of our prompts of their name, such as hard-maths.txt")
    private Optional<Path> prompts = Optional.empty();

    @Option(names = "--temperature", paramLabel = "T", description = "of all texts (default: ${DEFAULT-VALUE})")
    private double temperature = 0.7;

    @Option(names = "--top-p", paramLabel = "P", description = "(default: ${DEFAULT-VALUE})")
    private double topP = 0.95;

    @Option(names = "--max-tokens", paramLabel = "N", description = "of a text (default: ${DEFAULT-VALUE})")
    private int maxTokens = 1024;

    @Option(
            names = "--votes",
            paramLabel = "N",
            description = "answers to each prompt; the most frequent is taken (default: ${DEFAULT-VALUE})")
    private int votes = 1;

    @Option(
            names = "--agreement",
            paramLabel = "SHARE",
            description = "of the votes that must agree (default: ${DEFAULT-VALUE})")
    private double agreement = 0.5;

    @Option(
            names = "--relax",
            description = "also make preference pairs, with answers to prompts that lack one constraint as rejected")
    private boolean relax;

    @Option(names = "--unverified", description = "do not check that answers follow their constraints")
    private boolean unverified;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "where the results go")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        Synthesis synthesis = synthesis();
        String who = ChatModelOptions.either(model, endpoint);
        var store = new Store();
        store.createFolder(out);
        try (var _ = RunLock.take(out);
                var stop = StopRequest.listen();
                var live = LiveLine.onStandardError();
                var writer = options.openKept(who, store, out.resolve("answers.jsonl"));
                var files = SynthesisFiles.create(store, out, relax)) {
            live.begin("synthesise " + kind);
            SynthesisReport report = synthesis.write(writer, files, new Watch(live, stop::requested));
            files.publish(report);
            System.out.println(Json.write(report.json()));
            return 0;
        } catch (Interrupted e) {
            System.err.println("caravan: " + e.getMessage());
            return INTERRUPTED;
        }
    }

    private Synthesis synthesis() {
        try {
            return new Synthesis(
                    kind(),
                    rows,
                    new Sampling(maxTokens, temperature, 0, topP, 0, 1, List.of(), false),
                    votes,
                    agreement,
                    relax,
                    !unverified,
                    new PromptFiles(prompts),
                    personas.map(file -> Personas.read(file, seed.seed())).orElseGet(() -> Personas.own(seed.seed())),
                    seed.seed());
        } catch (IllegalArgumentException e) {
            throw new RecipeException(String.valueOf(e.getMessage()));
        }
    }

    private Kind kind() {
        return Arrays.stream(Kind.values())
                .filter(known -> Names.word(known).equals(kind))
                .findFirst()
                .orElseThrow(() -> new RecipeException("KIND must be one of %s, got '%s'"
                        .formatted(Arrays.stream(Kind.values()).map(Names::word).toList(), kind)));
    }
}

package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.curate.Curation;
import dev.caravan.curate.Deduplication;
import dev.caravan.curate.Deduplicator;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Filter;
import dev.caravan.curate.Rejection;
import dev.caravan.curate.Sifted;
import dev.caravan.curate.Source;
import dev.caravan.curate.Statistics;
import dev.caravan.curate.TokenLengthFilter;
import dev.caravan.data.Conversation;
import dev.caravan.data.PreferencePair;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Gathers conversations, prompts and preference pairs, and leaves out bad and repeated rows, each with its reason in
/// `rejected.jsonl`; `clusters.jsonl` has the conversations that say the same, cluster by cluster. Filters see
/// conversations, a pair with its better answer. `statistics.json` has the numbers of each source, `origins.jsonl` the
/// file and line of each row that was read.
///
/// @param out the stage's name
/// @param data a file of rows to read, in any of the shapes of the source `file`
/// @param sources files and generated rows, behind those of `data`
/// @param tokenizer a model whose tokens the statistics count
/// @param filters applied in this order; a row leaves at the first that objects
/// @param deduplicate leave out conversations that repeat others
/// @param duplicates which conversations count as repetitions, and which of them stays
public record CurateStage(
        String out,
        Optional<Reference> data,
        @Default("[]") List<Source> sources,
        Optional<Reference> tokenizer,
        @Default("[]") List<Filter> filters,
        @Default("true") boolean deduplicate,
        @Default("{}") Deduplicator duplicates)
        implements Stage {
    public CurateStage {
        if (data.isEmpty() && sources.isEmpty()) {
            throw new IllegalArgumentException("a curate stage needs data or sources");
        }
    }

    @Override
    public List<Input> inputs() {
        var inputs = new ArrayList<Input>();
        data.ifPresent(reference -> inputs.add(new Input("data", reference, Artifact.CONVERSATIONS)));
        tokenizer.map(CurateStage::tokenizerInput).ifPresent(inputs::add);
        IntStream.range(0, sources.size()).forEach(i -> fileInput(i).ifPresent(inputs::add));
        IntStream.range(0, filters.size()).forEach(i -> tokenizerInput(i).ifPresent(inputs::add));
        return inputs;
    }

    private static Input tokenizerInput(Reference model) {
        return new Input("tokenizer", model, Artifact.MODEL);
    }

    private Optional<Input> fileInput(int source) {
        return sources.get(source) instanceof FileSource file
                ? Optional.of(
                        new Input("sources[" + source + "].path", new Reference(file.path()), Artifact.CONVERSATIONS))
                : Optional.empty();
    }

    private Optional<Input> tokenizerInput(int filter) {
        return filters.get(filter) instanceof TokenLengthFilter length
                ? Optional.of(new Input(
                        "filters[" + filter + "].tokenizer", new Reference(length.tokenizer()), Artifact.MODEL))
                : Optional.empty();
    }

    /// Only files hold preference pairs.
    @Override
    public Set<Artifact> gives() {
        boolean files = data.isPresent() || sources.stream().anyMatch(FileSource.class::isInstance);
        return files
                ? EnumSet.of(Artifact.CONVERSATIONS, Artifact.PROMPTS, Artifact.PAIRS)
                : EnumSet.of(Artifact.CONVERSATIONS, Artifact.PROMPTS);
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public void run(StageRun run) {
        Gathering gathered = gathered(run);
        Sifted sifted = Filter.sift(gathered.conversations().stream(), filters(run));
        Set<String> unfit = ids(sifted.rejected());
        List<PreferencePair> pairs = gathered.pairs().stream()
                .filter(pair -> !unfit.contains(pair.id()))
                .toList();
        var rejected = new ArrayList<>(sifted.rejected());
        List<Conversation> kept = sifted.kept();
        if (deduplicate) {
            Deduplication distinct = duplicates.deduplicate(kept.stream());
            kept = distinct.kept();
            rejected.addAll(distinct.rejected());
            JsonLines.write(run.store(), run.folder().resolve("clusters.jsonl"), distinct.clusters().stream());
        }
        count(run, gathered, kept.size(), rejected);
        write(run, Artifact.CONVERSATIONS, kept.stream());
        write(run, Artifact.PROMPTS, gathered.prompts().stream());
        if (gives().contains(Artifact.PAIRS)) write(run, Artifact.PAIRS, pairs.stream());
        writeRejected(run, gathered, rejected);
        JsonLines.write(run.store(), run.folder().resolve(RowOrigin.FILE), gathered.origins().stream());
        run.store()
                .write(
                        run.folder().resolve("statistics.json"),
                        Json.write(gathered.statistics().bySource()) + "\n");
    }

    private Gathering gathered(StageRun run) {
        var gathering = new Gathering(
                run.seed(),
                tokenizer
                        .map(model -> Statistics.withTokens(run.input(tokenizerInput(model))))
                        .orElseGet(Statistics::new));
        data.ifPresent(reference -> {
            Path path = run.input(new Input("data", reference, Artifact.CONVERSATIONS));
            gathering.add(FileSource.of(FileSource.nameOf(path), path.toString()), reference.text());
        });
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i) instanceof FileSource file) {
                String path = run.input(fileInput(i).orElseThrow()).toString();
                gathering.add(file.at(path), file.path());
            } else {
                gathering.addGenerated(sources.get(i));
            }
        }
        return gathering;
    }

    private List<Filter> filters(StageRun run) {
        return IntStream.range(0, filters.size())
                .mapToObj(i -> filters.get(i) instanceof TokenLengthFilter length
                        ? length.at(run.input(tokenizerInput(i).orElseThrow()).toString())
                        : filters.get(i))
                .toList();
    }

    private static Set<String> ids(List<Rejection> rejections) {
        return rejections.stream().map(rejection -> rejection.row().id()).collect(Collectors.toSet());
    }

    private void count(StageRun run, Gathering gathered, int kept, List<Rejection> rejected) {
        run.counts().in(gathered.rows());
        run.counts().out(kept + gathered.unanswered());
        gathered.bad().forEach(_ -> run.counts().reject(Curation.BAD_ROW));
        rejected.forEach(rejection -> {
            run.counts().reject(rejection.filter());
            gathered.statistics().reject(rejection.row(), rejection.filter());
        });
        DataRows.requireSome(kept + gathered.prompts().size(), run, out);
    }

    private static void writeRejected(StageRun run, Gathering gathered, List<Rejection> rejected) {
        JsonLines.write(
                run.store(),
                run.folder().resolve("rejected.jsonl"),
                Stream.concat(
                        gathered.bad().stream().map(Curation::rejection),
                        rejected.stream().map(Rejection::line)));
    }

    private static void write(StageRun run, Artifact artifact, Stream<?> rows) {
        JsonLines.write(run.store(), run.folder().resolve(artifact.file()), rows);
    }
}

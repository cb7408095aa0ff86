package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.curate.Curated;
import dev.caravan.curate.Curation;
import dev.caravan.curate.Curator;
import dev.caravan.curate.Deduplicator;
import dev.caravan.curate.FileSource;
import dev.caravan.curate.Filter;
import dev.caravan.curate.Rejection;
import dev.caravan.curate.Source;
import dev.caravan.curate.Statistics;
import dev.caravan.curate.TokenLengthFilter;
import dev.caravan.data.Conversation;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import dev.caravan.io.Json;
import dev.caravan.io.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Gathers conversations, prompts and preference pairs, and leaves out bad and repeated rows, each with its reason in
/// `rejected.jsonl`; `clusters.jsonl` has the conversations that say the same, cluster by cluster. A row of a file is
/// judged, and counted, in every form that it takes: as a prompt by what it asks, as a conversation with its answer, as
/// a pair with the better one; so a row may stay as a prompt whose answer is of no use. `statistics.json` has the
/// numbers of each source in rows, `origins.jsonl` the file and line of each row that was read.
///
/// @param out the stage's name
/// @param data a file of rows to read, in any of the shapes of the source `file`
/// @param sources files and generated rows, behind those of `data`
/// @param tokenizer a model whose tokens the statistics count
/// @param filters applied in this order; a row leaves at the first that objects
/// @param deduplicate leave out rows that repeat others; prompts only where they are exact duplicates
/// @param duplicates which conversations and pairs count as repetitions, and which of them stays
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
        return 4;
    }

    @Override
    public void run(StageRun run) {
        Gathering gathered = gathered(run);
        var curator = new Curator(filters(run), Optional.of(duplicates).filter(_ -> deduplicate));
        Curated<Conversation> conversations = curator.conversations(gathered.conversations());
        Curated<Prompt> prompts = curator.prompts(gathered.prompts());
        Curated<PreferencePair> pairs = curator.pairs(gathered.pairs());
        List<Curated<?>> forms = List.of(conversations, prompts, pairs);
        count(run, gathered, forms);
        conversations.rejected().forEach(left -> noteInStatistics(gathered, left.rejection()));
        prompts.rejected().stream()
                .map(Curated.Left::rejection)
                .filter(left -> gathered.isPromptOnly(left.row().id()))
                .forEach(left -> noteInStatistics(gathered, left));
        write(run, Artifact.CONVERSATIONS, conversations.kept().stream());
        write(run, Artifact.PROMPTS, prompts.kept().stream());
        if (gives().contains(Artifact.PAIRS)) write(run, Artifact.PAIRS, pairs.kept().stream());
        if (deduplicate) write(run, "clusters.jsonl", conversations.clusters().stream());
        write(run, "rejected.jsonl", Stream.concat(bad(gathered), forms.stream().flatMap(CurateStage::lines)));
        write(run, RowOrigin.FILE, gathered.origins().stream());
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

    private void count(StageRun run, Gathering gathered, List<Curated<?>> forms) {
        int kept = forms.stream().mapToInt(form -> form.kept().size()).sum();
        run.counts()
                .in(gathered.bad().size() + forms.stream().mapToInt(Curated::in).sum());
        run.counts().out(kept);
        gathered.bad().forEach(_ -> run.counts().reject(Curation.BAD_ROW));
        forms.forEach(form -> form.rejectedByFilter().forEach(run.counts()::reject));
        DataRows.requireSome(kept, run, out);
    }

    private static void noteInStatistics(Gathering gathered, Rejection left) {
        gathered.statistics().reject(left.row(), left.filter());
    }

    private static Stream<Map<String, Object>> bad(Gathering gathered) {
        return gathered.bad().stream().map(Curation::rejection);
    }

    private static Stream<Map<String, Object>> lines(Curated<?> form) {
        return form.rejected().stream().map(Curated.Left::line);
    }

    private static void write(StageRun run, Artifact artifact, Stream<?> rows) {
        write(run, artifact.file(), rows);
    }

    private static void write(StageRun run, String file, Stream<?> rows) {
        JsonLines.write(run.store(), run.folder().resolve(file), rows);
    }
}

package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.curate.Deduplication;
import dev.caravan.curate.Deduplicator;
import dev.caravan.curate.Filter;
import dev.caravan.curate.JsonLinesSource;
import dev.caravan.curate.Rejection;
import dev.caravan.curate.Sifted;
import dev.caravan.curate.Source;
import dev.caravan.data.Conversation;
import dev.caravan.data.Prompt;
import dev.caravan.io.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Gathers conversations and prompts, and leaves out bad and repeated ones, each with its reason in `rejected.jsonl`;
/// `clusters.jsonl` has the rows that say the same, cluster by cluster.
///
/// @param out the stage's name
/// @param data a file of rows to read: `messages`, or `prompt` and `completion`, or `question` and `answer`
/// @param sources generated rows, behind those of `data`
/// @param filters applied in this order; a row leaves at the first that objects
/// @param deduplicate leave out conversations that repeat others
/// @param duplicates which conversations count as repetitions, and which of them stays
public record CurateStage(
        String out,
        Optional<Reference> data,
        @Default("[]") List<Source> sources,
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
        return data.map(reference -> List.of(new Input("data", reference, Artifact.CONVERSATIONS)))
                .orElse(List.of());
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.CONVERSATIONS, Artifact.PROMPTS);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void run(StageRun run) {
        List<Conversation> rows;
        List<Prompt> prompts;
        try (var conversations = conversations(run);
                var questions = prompts(run)) {
            rows = conversations.toList();
            prompts = questions.toList();
        }
        Sifted sifted = Filter.sift(rows.stream(), filters);
        var rejected = new ArrayList<>(sifted.rejected());
        List<Conversation> kept = sifted.kept();
        if (deduplicate) {
            Deduplication distinct = duplicates.deduplicate(kept.stream());
            kept = distinct.kept();
            rejected.addAll(distinct.rejected());
            JsonLines.write(run.store(), run.folder().resolve("clusters.jsonl"), distinct.clusters().stream());
        }
        run.counts().in(rows.size());
        run.counts().out(kept.size());
        rejected.forEach(r -> run.counts().reject(r.filter()));
        DataRows.requireSome(kept.size() + prompts.size(), run, out);
        write(run, Artifact.CONVERSATIONS, kept.stream());
        write(run, Artifact.PROMPTS, prompts.stream());
        JsonLines.write(
                run.store(),
                run.folder().resolve("rejected.jsonl"),
                rejected.stream().map(CurateStage::line));
    }

    private Stream<Conversation> conversations(StageRun run) {
        return Stream.concat(
                file(run).map(f -> f.conversations()).orElse(Stream.empty()),
                sources.stream().flatMap(s -> s.conversations(run.seed())));
    }

    private Stream<Prompt> prompts(StageRun run) {
        return Stream.concat(
                file(run).map(f -> f.prompts()).orElse(Stream.empty()),
                sources.stream().flatMap(s -> s.prompts(run.seed())));
    }

    private Optional<JsonLinesSource> file(StageRun run) {
        return inputs().stream().findFirst().map(input -> {
            Path path = run.input(input);
            String name = path.getFileName().toString().replaceAll("\\.jsonl(\\.gz)?$", "");
            return new JsonLinesSource(name, path.toString());
        });
    }

    private static void write(StageRun run, Artifact artifact, Stream<?> rows) {
        JsonLines.write(run.store(), run.folder().resolve(artifact.file()), rows);
    }

    private static Map<String, Object> line(Rejection rejection) {
        var line = new LinkedHashMap<String, Object>();
        line.put("id", rejection.row().id());
        line.put("filter", rejection.filter());
        line.put("reason", rejection.reason());
        line.put("row", rejection.row());
        return line;
    }
}

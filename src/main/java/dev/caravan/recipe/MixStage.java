package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.curate.MixRows;
import dev.caravan.curate.MixRun;
import dev.caravan.io.JsonLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Mixes sources by weight, in an order that the seed decides; `report.json` has the counts by source and skill.
///
/// @param out the stage's name
/// @param rows what the sources hold: `conversations`, `prompts` or `pairs`
/// @param total rows of the mix: what shares are shares of, and what counts must add up to; absent: as many
///     as the weights give
/// @param sample share of the mix that is kept, of every skill alike
/// @param sources what is mixed
public record MixStage(
        String out,
        @Default("conversations") RowKind rows,
        Optional<Long> total,
        Optional<Double> sample,
        List<MixSource> sources)
        implements Stage {
    public MixStage {
        Mix.mixture(sources, total, sample);
    }

    @Override
    public List<Input> inputs() {
        return IntStream.range(0, sources.size())
                .mapToObj(
                        i -> new Input("sources[" + i + "].data", sources.get(i).data(), rows.artifact()))
                .toList();
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(rows.artifact());
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void run(StageRun run) {
        switch (rows) {
            case CONVERSATIONS -> mix(run, MixRows.conversations());
            case PROMPTS -> mix(run, MixRows.prompts());
            case PAIRS -> mix(run, MixRows.pairs());
        }
    }

    private static <T> Supplier<Stream<T>> rows(MixSource source, Path file, MixRows<T> kind) {
        return () -> source.taken(JsonLines.rows(file, kind.type()), kind.source());
    }

    private <T> void mix(StageRun run, MixRows<T> kind) {
        List<Supplier<Stream<T>>> files = IntStream.range(0, sources.size())
                .mapToObj(i -> rows(sources.get(i), run.input(inputs().get(i)), kind))
                .toList();
        var mix = new MixRun<>(Mix.mixture(sources, total, sample), kind, files, run.seed());
        run.counts().in(mix.rowsIn());
        run.counts().out(mix.rowsOut());
        mix.notDrawn().forEach((source, left) -> run.counts().reject("not drawn from " + source, left));
        run.counts().note("repeated", mix.repeated());
        DataRows.requireSome(mix.rowsOut(), run, out);
        JsonLines.write(run.store(), run.folder().resolve(rows.artifact().file()), mix.rows());
        JsonLines.write(run.store(), run.folder().resolve("rejected.jsonl"), mix.rejected());
        JsonLines.write(run.store(), run.folder().resolve("report.json"), Stream.of(mix.report()));
    }
}

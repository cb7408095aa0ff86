package dev.caravan.recipe;

import dev.caravan.io.Appender;
import dev.caravan.io.Interrupted;
import dev.caravan.io.JsonLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// A stage in miniature: it folds the numbers of its inputs, in steps, with a checkpoint after each, and writes
/// rows, a model and metrics.
///
/// @param version of the "code"
record ToyStage(String out, List<Reference> from, int factor, int steps, int version) implements PipelineStage {
    record Row(String id, long number) {}

    record State(int step, long number) {}

    static ToyStage of(String out, String... from) {
        return new ToyStage(out, List.of(from).stream().map(Reference::new).toList(), 3, 3, 1);
    }

    ToyStage withFactor(int factor) {
        return new ToyStage(out, from, factor, steps, version);
    }

    @Override
    public List<Input> inputs() {
        return IntStream.range(0, from.size())
                .mapToObj(i -> new Input("from[" + i + "]", from.get(i), Artifact.CONVERSATIONS))
                .toList();
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.CONVERSATIONS);
    }

    @Override
    public void run(StageRun run) {
        run.madeWith(Map.of("engine", "toy"));
        long start = start(run);
        State state = resume(run, start);
        while (state.step() < steps) {
            if (run.interrupt().requested()) throw new Interrupted("stopped after step " + state.step());
            state = new State(state.step() + 1, state.number() * factor + 1);
            run.metrics().log(state.step(), new LinkedHashMap<>(Map.of("number", state.number())));
            run.metrics().sync();
            save(run, state);
        }
        try (Appender rows = run.store().appender(run.folder().resolve("data.jsonl"))) {
            rows.add(new Row(out + "-row", state.number()));
            run.counts().out(1);
        }
    }

    private State resume(StageRun run, long start) {
        Path checkpoint = run.scratch().resolve("state.json");
        if (!Files.exists(checkpoint)) return new State(0, start);
        State state = JsonLines.finishedRows(checkpoint, State.class).getFirst();
        run.metrics().resumeFrom(state.step());
        return state;
    }

    private long start(StageRun run) {
        long sum = run.seed() % 1000;
        for (Input input : inputs()) {
            List<Row> rows = JsonLines.finishedRows(run.input(input), Row.class);
            run.counts().in(rows.size());
            sum += rows.stream().mapToLong(Row::number).sum();
        }
        return sum;
    }

    private void save(StageRun run, State state) {
        JsonLines.write(run.store(), run.scratch().resolve("state.json"), List.of(state).stream());
    }
}

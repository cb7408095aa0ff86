package dev.caravan.recipe;

import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import dev.caravan.io.Appender;
import dev.caravan.io.JsonLines;
import dev.caravan.io.Sha256;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Draws some conversations of a data set, without replacement and in their order. Whether a row is drawn depends
/// on the seed and on the ids of the set alone, so the order of the file does not matter.
///
/// @param out the stage's name
/// @param data conversations
/// @param rows how many to draw; all of them when there are fewer
public record SampleStage(
        String out, Reference data, @Default("1000") int rows) implements Stage {
    public SampleStage {
        if (rows < 1) throw new IllegalArgumentException("rows must be at least 1, got " + rows);
    }

    @Override
    public List<Input> inputs() {
        return List.of(conversations());
    }

    @Override
    public Set<Artifact> gives() {
        return Set.of(Artifact.CONVERSATIONS);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void run(StageRun run) {
        Set<String> drawn = draw(run);
        try (Stream<Conversation> all = JsonLines.rows(run.input(conversations()), Conversation.class);
                Appender kept = run.store().appender(run.folder().resolve(Artifact.CONVERSATIONS.file()))) {
            all.forEach(row -> {
                run.counts().in(1);
                if (drawn.contains(row.id())) {
                    run.counts().out(1);
                    kept.add(row);
                } else {
                    run.leaveOut(row.id(), "sample", "not drawn");
                }
            });
        }
    }

    /// The rows of the smallest hashes.
    private Set<String> draw(StageRun run) {
        Map<String, String> byHash = new TreeMap<>();
        try (Stream<Conversation> all = JsonLines.rows(run.input(conversations()), Conversation.class)) {
            all.forEach(row -> byHash.put(Sha256.of(run.seed() + "/" + row.id()), row.id()));
        }
        return new HashSet<>(byHash.values().stream().limit(rows).toList());
    }

    private Input conversations() {
        return new Input("data", data, Artifact.CONVERSATIONS);
    }
}

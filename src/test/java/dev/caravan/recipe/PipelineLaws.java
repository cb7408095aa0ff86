package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PipelineLaws {
    @Property(tries = 40)
    void changedStageRunsAgainWithItsDescendantsAndNothingElse(
            @ForAll("graphs") List<ToyStage> stages, @ForAll @IntRange(max = 5) int pick) throws IOException {
        var toy = new ToyRun(MemoryFolder.create());
        int changed = pick % stages.size();
        var after = new ArrayList<>(stages);
        after.set(changed, stages.get(changed).withFactor(7));
        assertThat(ToyRun.ran(toy.run(new Store(), stages))).hasSize(stages.size());
        assertThat(ToyRun.ran(toy.run(new Store(), after))).containsExactlyElementsOf(reached(after, changed));
        assertThat(ToyRun.ran(toy.run(new Store(), after))).isEmpty();
        assertSameResults(toy, after);
        new Store().delete(toy.folder());
    }

    /// What was reused and what was run again together are what one run from nothing would have made.
    private static void assertSameResults(ToyRun toy, List<ToyStage> stages) throws IOException {
        var anew = new ToyRun(MemoryFolder.create());
        anew.run(new Store(), stages);
        for (int i = 0; i < stages.size(); i++) {
            Path rows =
                    Path.of("%02d-%s/data.jsonl".formatted(i + 1, stages.get(i).out()));
            assertThat(toy.folder().resolve(rows))
                    .hasSameBinaryContentAs(anew.folder().resolve(rows));
        }
        new Store().delete(anew.folder());
    }

    private static Set<String> reached(List<ToyStage> stages, int changed) {
        Set<String> reached = new LinkedHashSet<>(Set.of(stages.get(changed).out()));
        for (ToyStage stage : stages) {
            if (stage.from().stream().anyMatch(from -> reached.contains(from.text()))) reached.add(stage.out());
        }
        return reached;
    }

    /// Up to six stages, each reading any of those before it.
    @Provide
    Arbitrary<List<ToyStage>> graphs() {
        return Arbitraries.integers()
                .between(0, 31)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(masks -> IntStream.range(0, masks.size())
                        .mapToObj(i -> ToyStage.of("s" + i, parents(masks.get(i), i)))
                        .toList());
    }

    private static String[] parents(int mask, int stage) {
        return Arrays.stream(IntStream.range(0, stage)
                        .filter(i -> (mask >> i & 1) == 1)
                        .toArray())
                .mapToObj(i -> "s" + i)
                .toArray(String[]::new);
    }
}

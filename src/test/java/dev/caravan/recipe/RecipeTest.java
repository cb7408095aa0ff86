package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.config.Bound;
import dev.caravan.config.Problem;
import dev.caravan.config.Settings;
import dev.caravan.io.Interrupt;
import dev.caravan.io.RunLock;
import dev.caravan.io.Store;
import dev.caravan.recipe.RunPlan.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeTest {
    @TempDir
    private Path temporary;

    private Path rows;

    @BeforeEach
    void writeRows() throws IOException {
        rows = temporary.resolve("rows.jsonl");
        Files.writeString(rows, """
                {"id":"a","source":"hand","messages":[{"role":"user","content":"1+1?"},{"role":"assistant","content":"2"}]}
                {"id":"b","source":"hand","messages":[{"role":"user","content":"2+2?"},{"role":"assistant","content":"4"}]}
                {"id":"c","source":"hand","messages":[{"role":"user","content":"3+3?"},{"role":"assistant","content":"6"}]}
                """);
    }

    private Bound<Recipe> recipe(String... overrides) {
        return Recipe.parse("x.yaml", """
                name: tiny
                data: %s
                stages:
                  - {type: sample, out: pool, data: data, rows: 2}
                  - {type: sample, out: less, data: pool, rows: 1}
                """.formatted(rows), List.of(overrides), ToyRun.EMPTY_HUB);
    }

    private RunOutcome run(Recipe recipe) {
        Path out = temporary.resolve("run");
        return Pipeline.run(recipe, out, Pipeline.Scope.ALL, ToyRun.surroundings(new Store(), Interrupt.NEVER));
    }

    private static List<String> problems(Bound<?> bound) {
        return bound.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void recipeRunsAndItsFolderTellsHow() {
        RunOutcome outcome = run(recipe().get());
        assertThat(outcome.failure()).isEmpty();
        Manifest pool = Manifest.read(outcome.run().resolve("01-pool")).orElseThrow();
        assertThat(pool.counts()).isEqualTo(new Manifest.Rows(3, 2, Map.of("not drawn", 1L), Map.of()));
        assertThat(pool.outputs()).extracting(Manifest.Output::file).containsExactly("data.jsonl", "rejected.jsonl");
        assertThat(outcome.run().resolve("recipe.yaml")).hasContent(Settings.yaml(recipe().get()));
        assertThat(ToyRun.ran(run(recipe().get()))).isEmpty();
    }

    @Test
    void everyProblemBetweenStagesComesWithItsLine() {
        Bound<Recipe> bound = Recipe.parse("x.yaml", """
                name: tiny
                model: org/missing@v1
                stages:
                  - {type: sample, out: pool, data: later}
                  - {type: sample, out: pool, data: poll}
                  - {type: sample, out: later, data: no/such/file.jsonl}
                  - {type: sample, out: model, data: hf:org/rows}
                  - {type: sample, out: Bad Name, data: model}
                """, List.of(), new HubCache(Path.of("cache")));
        assertThat(problems(bound))
                .containsExactly(
                        "x.yaml:4: stages[0].data 'later' comes later in the recipe; a stage reads what stands before it",
                        "x.yaml:5: stages[1].data 'poll' is neither an earlier stage nor a file or folder (did you mean 'pool'?)",
                        "x.yaml:5: stages[1].out 'pool' is the name of an earlier stage already",
                        "x.yaml:6: stages[2].data 'no/such/file.jsonl' is neither a file nor a folder",
                        "x.yaml:7: stages[3].data org/rows@main is not in the local cache (cache/datasets--org--rows); fetch it"
                                + " with 'caravan fetch --data hf:org/rows@main', or give a folder"
                                + " that holds it with --set",
                        "x.yaml:7: stages[3].out 'model' is a key of the recipe; choose another name",
                        "x.yaml:8: stages[4].out 'Bad Name' must be lower-case letters, digits, dashes and underscores");
    }

    @Test
    void problemsWithinAndBetweenStagesComeTogether() {
        assertThat(problems(recipe("stages.pool.rows=0", "stages.less.data=poll")))
                .containsExactly(
                        "--set stages.pool.rows=0: stages[0] rows must be at least 1, got 0",
                        "--set stages.less.data=poll: stages[1].data 'poll' is neither an earlier stage nor a file or"
                                + " folder (did you mean 'pool'?)");
    }

    record ModelStage(String out) implements PipelineStage {
        @Override
        public List<Input> inputs() {
            return List.of();
        }

        @Override
        public Set<Artifact> gives() {
            return Set.of(Artifact.MODEL, Artifact.SCORES);
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void run(StageRun run) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void modelWhereDataIsNeededIsAProblem() {
        RunPlan plan = ToyRun.plan(List.of(new ModelStage("policy"), ToyStage.of("x", "policy")));
        assertThat(plan.problems(ToyRun.EMPTY_HUB))
                .containsExactly(
                        new Finding("stages[1].from[0]", "needs conversations, but 'policy' gives a model and scores"));
    }

    @Test
    void hubRepositoriesAreFoundInTheLocalCache() throws IOException {
        Path root = temporary.resolve("hub/datasets--org--rows");
        Files.createDirectories(root.resolve("snapshots/c0ffee"));
        Files.createDirectories(root.resolve("refs"));
        Files.writeString(root.resolve("refs/main"), "c0ffee\n");
        Files.copy(rows, root.resolve("snapshots/c0ffee/data.jsonl"));
        var hub = HubCache.of(Map.of("HF_HOME", temporary.toString()), Path.of("unused"));
        for (String reference : List.of("org/rows", "hf:org/rows", "hf:org/rows@c0ffee")) {
            assertThat(ToyRun.plan(List.of(ToyStage.of("x", reference))).problems(hub))
                    .isEmpty();
        }
        assertThat(ToyRun.plan(List.of(ToyStage.of("x", "org/rows@v2"))).problems(hub))
                .hasSize(1);
    }

    @Test
    void secondRunInOneFolderIsRefusedWithItsOwner() {
        Path out = temporary.resolve("run");
        new Store().createFolder(out);
        try (RunLock _ = RunLock.take(out)) {
            assertThatThrownBy(() -> run(recipe().get()))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(out + " is in use: process "
                            + ProcessHandle.current().pid() + " on ")
                    .hasMessageContaining("choose another folder with --out");
        }
        assertThat(run(recipe().get()).status()).isEqualTo(RunOutcome.Status.DONE);
    }

    @Test
    void whyFollowsARowThroughTheStages() throws IOException {
        Path run = run(recipe().get()).run();
        Files.writeString(
                run.resolve("02-less/rejected.jsonl"),
                "{\"id\":\"z\",\"filter\":\"length\",\"reason\":\"too long\"}\n");
        Files.writeString(
                run.resolve("02-less/steps.jsonl"),
                "{\"step\":1,\"rows\":[\"z\"]}\n{\"step\":2,\"rows\":[\"y\",\"z\"]}\n");
        assertThat(Lineage.of(run, "z"))
                .containsExactly(
                        new Lineage.Verdict("02-less", "rejected.jsonl:1", "left out by length: too long"),
                        new Lineage.Verdict("02-less", "steps.jsonl", "trained on in the 2 steps 1, 2"));
        String kept = Files.readString(run.resolve("01-pool/data.jsonl")).substring(7, 8);
        assertThat(Lineage.of(run, kept))
                .contains(new Lineage.Verdict("01-pool", "data.jsonl:1", "kept, from the source hand"));
        assertThatThrownBy(() -> Lineage.of(run, "q")).hasMessageContaining("has a row with the id 'q'");
    }

    @Test
    void missNamesWhatDiffers() throws IOException {
        Path run = run(recipe().get()).run();
        assertThat(Miss.of(run, "pool", ToyRun.EMPTY_HUB))
                .isEqualTo(new Miss("pool", false, List.of("no earlier results")));
        run(recipe("stages.pool.rows=3").get());
        assertThat(Miss.of(run, "pool", ToyRun.EMPTY_HUB).reasons()).containsExactly("settings.rows was 2, is 3");
        Files.writeString(rows, Files.readString(rows).replace("3+3", "4+2"));
        Miss pending = Miss.of(run, "less", ToyRun.EMPTY_HUB);
        assertThat(pending.pending()).isTrue();
        assertThat(pending.reasons()).singleElement().asString().startsWith("inputs.data was ");
    }
}

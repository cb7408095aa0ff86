package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.RecipeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinderTest {
    enum Precision {
        FLOAT32,
        HALF_FLOAT
    }

    sealed interface Advantage {
        record Gae(@Default("0.95") double lambda) implements Advantage {}

        record GroupRelative(@Default("4") int groupSize) implements Advantage {
            public GroupRelative {
                if (groupSize < 2)
                    throw new IllegalArgumentException("group_size must be at least 2, got " + groupSize);
            }
        }
    }

    sealed interface Stage {}

    record SftStage(
            String out,
            @Default("1.0e-5") double learningRate,
            @Default("1") int epochs) implements Stage {
        public SftStage {
            if (learningRate <= 0) {
                throw new IllegalArgumentException("learning_rate must be positive, got " + learningRate);
            }
        }
    }

    record DpoStage(
            String out,
            @Default("0.1") double beta,
            @Default("5.0e-7") double learningRate) implements Stage {}

    record RlvrStage(String out, @Default("{type: gae}") Advantage advantage) implements Stage {}

    record Recipe(
            String name,
            @Default("0") long seed,
            Optional<Precision> precision,
            @Default("{}") Map<String, String> labels,
            List<Stage> stages) {}

    private static final String BAD = """
            name: bad
            sead: 17
            stages:
              - {type: sft, out: a, learning_rate: -1}
              - {type: dpo, out: b, label_smothing: 0.1}
              - {type: sft, out: c}
              - {type: rlvr, out: d, advantage: {type: group-realtive}}
              - {type: dpp, out: e}
              - {type: sft, out: f, learning_rate: fast}
              - {type: rlvr, out: g, advantage: {type: group-relative, group_size: 1}}
            """;

    private static Bound<Recipe> bind(String yaml, String... overrides) {
        return Binder.bind(Recipe.class, "bad.yaml", yaml, List.of(overrides));
    }

    private static List<String> problems(Bound<?> bound) {
        return bound.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void allSevenProblemsComeAtOnceWithTheirLines() {
        assertThatThrownBy(() -> bind(BAD).get())
                .isInstanceOf(RecipeException.class)
                .hasMessage("""
                bad.yaml has 7 problems:
                  bad.yaml:2: sead is not a key of recipe (did you mean 'seed'?)
                  bad.yaml:4: stages[0] learning_rate must be positive, got -1.0
                  bad.yaml:5: stages[1].label_smothing is not a key of dpo
                  bad.yaml:7: stages[3].advantage.type 'group-realtive' is not one of [gae, group-relative] (did you mean 'group-relative'?)
                  bad.yaml:8: stages[4].type 'dpp' is not one of [dpo, rlvr, sft] (did you mean 'dpo'?)
                  bad.yaml:9: stages[5].learning_rate 'fast' is not a double
                  bad.yaml:10: stages[6].advantage group_size must be at least 2, got 1""");
    }

    @Test
    void absentKeysTakeTheirDefaults() {
        Recipe recipe = bind("{name: x, stages: [{type: sft, out: a}, {type: rlvr, out: b}]}")
                .get();
        assertThat(recipe)
                .isEqualTo(new Recipe(
                        "x",
                        0,
                        Optional.empty(),
                        Map.of(),
                        List.of(new SftStage("a", 1e-5, 1), new RlvrStage("b", new Advantage.Gae(0.95)))));
    }

    @Test
    void enumsAndMapsAreWrittenAsWords() {
        Recipe recipe = bind("{name: x, precision: half-float, labels: {b: 1, a: two}, stages: []}")
                .get();
        assertThat(recipe.precision()).contains(Precision.HALF_FLOAT);
        assertThat(recipe.labels()).containsExactly(Map.entry("b", "1"), Map.entry("a", "two"));
    }

    @Test
    void missingAndRepeatedKeysAreNamed() {
        assertThat(problems(bind("seed: 1\nseed: 2\nstages: []\n")))
                .containsExactly("bad.yaml:1: name is missing", "bad.yaml:2: seed is given twice, first on line 1");
    }

    @Test
    void wrongShapesAreNamed() {
        assertThat(problems(bind("name: [x]\nseed: 1.5\nprecision: '1'\nlabels: x\nstages: {a: b}\n")))
                .containsExactly(
                        "bad.yaml:1: name must be plain text",
                        "bad.yaml:2: seed '1.5' is not a whole number",
                        "bad.yaml:3: precision '1' is not one of [float32, half-float]",
                        "bad.yaml:4: labels must be a section of keys and values",
                        "bad.yaml:5: stages must be a list");
    }

    @Test
    void numbersBeyondTheirTypeAreRefused() {
        assertThat(problems(bind(
                        "name: x\nseed: 99999999999999999999\nstages: [{type: sft, out: a, learning_rate: 1e999}]")))
                .containsExactly(
                        "bad.yaml:2: seed '99999999999999999999' is not a whole number",
                        "bad.yaml:3: stages[0].learning_rate '1e999' is not a double");
    }

    @Test
    void keyWithoutAValueIsAProblem() {
        assertThat(problems(bind("name:\nstages: []"))).containsExactly("bad.yaml:1: name has no value");
    }

    @Test
    void brokenYamlIsOneProblemWithItsLine() {
        assertThat(problems(bind("name: x\nstages: [a, b\n")))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("bad.yaml:3: is not valid YAML: ");
        assertThat(problems(bind(""))).containsExactly("bad.yaml:1: is empty");
    }

    private static final String GOOD = "{name: x, stages: [{type: sft, out: warm}, {type: rlvr, out: play}]}";

    @Test
    void overridesAddressStagesByNameOrNumber() {
        Recipe recipe = bind(
                        GOOD,
                        "stages.warm.epochs=3",
                        "stages.1.advantage={type: group-relative}",
                        "seed=5",
                        "stages.play.advantage.group_size=8")
                .get();
        assertThat(recipe.seed()).isEqualTo(5);
        assertThat(recipe.stages())
                .containsExactly(new SftStage("warm", 1e-5, 3), new RlvrStage("play", new Advantage.GroupRelative(8)));
    }

    @Test
    void overridesMeetTheSameRules() {
        assertThat(problems(bind(
                        GOOD,
                        "stages.warm.epoch=3",
                        "stages.wram.epochs=3",
                        "stages.warm.learning_rate=-1",
                        "name.x=1",
                        "seed")))
                .containsExactlyInAnyOrder(
                        "--set stages.warm.epoch=3: stages[0].epoch is not a key of sft (did you mean 'epochs'?)",
                        "--set stages.wram.epochs=3: stages.wram names no element; there are 2: [warm, play] (did you mean 'warm'?)",
                        "--set stages.warm.learning_rate=-1: stages[0] learning_rate must be positive, got -1.0",
                        "--set name.x=1: name.x lies inside a plain value, which has no keys",
                        "--set seed: is not of the form path=value");
    }

    @Test
    void laterProblemsFindTheLineOfTheirPath() {
        Bound<Recipe> bound = bind("name: x\nstages:\n  - type: sft\n    out: a\n");
        assertThat(bound.problem("stages[0].out", "is odd")).hasToString("bad.yaml:4: stages[0].out is odd");
        assertThat(bound.problem("stages[0].epochs", "is odd")).hasToString("bad.yaml:3: stages[0].epochs is odd");
    }
}

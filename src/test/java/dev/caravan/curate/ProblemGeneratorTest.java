package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.curate.Problem.Operation;
import dev.caravan.curate.Problem.Solution;
import dev.caravan.curate.Problem.Step;
import dev.caravan.data.KeyedRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProblemGeneratorTest {
    private static final ProblemGenerator GENERATOR = new ProblemGenerator(7, 1, 3);

    @Property(tries = 50)
    void problemIsTheSameWhateverIsDrawnBesideIt(@ForAll long seed, @ForAll @IntRange(max = 1_000) int index) {
        Problem alone = new ProblemGenerator(seed, 1, 3).problem(Split.PROMPTS, index);
        var generator = new ProblemGenerator(seed, 1, 3);
        generator.problem(Split.PROMPTS, index + 1);
        assertThat(generator.problem(Split.PROMPTS, index)).isEqualTo(alone);
    }

    @Test
    void splitsAreDisjointWhateverTheSeeds() {
        Set<String> seen = new HashSet<>();
        for (Split split : Split.values()) {
            Set<String> texts = new ProblemGenerator(split.ordinal(), 1, 1)
                    .distinct(split, 3_000)
                    .map(Problem::text)
                    .collect(Collectors.toSet());
            assertThat(texts).hasSize(3_000);
            seen.addAll(texts);
        }
        assertThat(seen).hasSize(3 * 3_000);
    }

    @Property(tries = 300)
    void storyAndStepsTellTheSameNumbers(@ForAll @IntRange(max = 100_000) int index) {
        Problem problem = GENERATOR.problem(Split.DEMONSTRATIONS, index);
        List<Integer> told = problem.text()
                .replaceAll("[^0-9]+", " ")
                .strip()
                .lines()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .map(Integer::valueOf)
                .toList();
        assertThat(told.getFirst()).isEqualTo(problem.start());
        assertThat(told.subList(1, told.size()))
                .isEqualTo(problem.steps().stream().map(Step::amount).toList());
        assertThat(problem.answer()).isPositive();
        assertThat(problem.steps()).hasSizeBetween(1, 3);
    }

    @Test
    void workedSolutionShowsEveryStepAndTheAnswer() {
        var problem = new Problem("", 31, List.of(new Step(Operation.PLUS, 9), new Step(Operation.MINUS, 6)));
        assertThat(problem.workedSolution()).isEqualTo("31 + 9 = 40. 40 - 6 = 34. #### 34");
    }

    @Test
    void carelessSolutionForgetsTheTenAndGoesOnFromThere() {
        var problem = new Problem("", 31, List.of(new Step(Operation.PLUS, 9), new Step(Operation.MINUS, 6)));
        Solution solution = problem.carelessSolution(1, KeyedRandom.of(1, "slips", 1));
        assertThat(solution).isEqualTo(new Solution("31 + 9 = 30. 30 - 6 = 34. #### 34", 2, 2));
    }

    @Test
    void stepsWithoutCarryOrBorrowNeverSlip() {
        var problem = new Problem("", 31, List.of(new Step(Operation.PLUS, 8), new Step(Operation.MINUS, 12)));
        assertThat(problem.carelessSolution(1, KeyedRandom.of(1, "slips", 1)).text())
                .isEqualTo(problem.workedSolution());
    }

    @Test
    void slipsHappenAtTheirRate() {
        List<Solution> solutions = IntStream.range(0, 4_000)
                .mapToObj(i ->
                        GENERATOR.problem(Split.DEMONSTRATIONS, i).carelessSolution(0.6, KeyedRandom.of(7, "slips", i)))
                .toList();
        double chances = solutions.stream().mapToInt(Solution::chances).sum();
        double slips = solutions.stream().mapToInt(Solution::slips).sum();
        assertThat(chances).isGreaterThan(2_000);
        assertThat(slips / chances).isCloseTo(0.6, within(4 * Math.sqrt(0.6 * 0.4 / chances)));
    }

    @Test
    void stepsFromMoreToFewerAreRefused() {
        assertThatThrownBy(() -> new ProblemGenerator(1, 3, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}

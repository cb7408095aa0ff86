package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.data.FinishReason;
import dev.caravan.data.KeyedRandom;
import dev.caravan.generate.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuiteScoreTest {
    private static final Suite SAFETY = Suites.named("safety").orElseThrow();
    private static final Suite DEVELOPMENT = Suites.named("tulu3-dev").orElseThrow();
    private static final Suite TWO = new Suite("two", 1, List.of("gsm8k", "popqa"), List.of());

    /// Those of the 8B model after its last stage, in per cent (tables 2 and 25 of the paper).
    private static final Map<String, Double> PUBLISHED = Map.ofEntries(
            Map.entry("mmlu-cot", 68.2),
            Map.entry("popqa", 29.1),
            Map.entry("truthfulqa-mc2", 55.0),
            Map.entry("bbh", 69.0),
            Map.entry("drop", 62.6),
            Map.entry("math", 43.7),
            Map.entry("gsm8k", 87.6),
            Map.entry("humaneval", 83.9),
            Map.entry("humaneval-plus", 79.2),
            Map.entry("ifeval", 82.4),
            Map.entry("alpaca-eval", 34.5),
            Map.entry("harmbench", 94.7),
            Map.entry("xstest", 93.3),
            Map.entry("wildguardtest", 98.5),
            Map.entry("jailbreak-trigger", 85.5),
            Map.entry("do-anything-now", 62.0),
            Map.entry("wildjailbreak", 78.8));

    @Test
    void publishedRowsGiveThePublishedMeans() {
        List<TaskScore> scores = published();
        scores.add(score("mmlu", 0.1)); // beside the rows
        SuiteScore safety = SuiteScore.of(SAFETY, scores, 1).orElseThrow();
        SuiteScore development = SuiteScore.of(DEVELOPMENT, scores, 1).orElseThrow();
        assertThat(100 * safety.estimate().mean()).isCloseTo(85.5, within(0.05));
        assertThat(100 * development.estimate().mean()).isCloseTo(65.1, within(0.05));
        assertThat(development.metric()).isEqualTo("mean");
        assertThat(development.rows()).hasSize(12).contains("safety").doesNotContain("mmlu");
        assertThat(development.line()).doesNotContainKey("missing");
        assertThat(development.estimate().n()).isEqualTo(17);
    }

    @Test
    void meanOfSomeRowsIsNamedAsSuch() {
        List<TaskScore> scores = published();
        scores.removeIf(score -> List.of("bbh", "xstest").contains(score.task().name()));
        SuiteScore development = SuiteScore.of(DEVELOPMENT, scores, 1).orElseThrow();
        assertThat(development.metric()).isEqualTo("mean of 11 of 12, safety of 5 of 6");
        assertThat(development.missing()).containsExactly("bbh", "xstest");
        assertThat(development.line()).containsEntry("missing", List.of("bbh", "xstest"));
        assertThat(SuiteScore.of(SAFETY, scores, 1).orElseThrow().metric()).isEqualTo("mean of 5 of 6");
    }

    @Test
    void suiteWithoutAnyRowHasNoMean() {
        assertThat(SuiteScore.of(SAFETY, List.of(score("gsm8k", 1)), 1)).isEmpty();
    }

    @Test
    void taskOfWhichNothingCouldBeJudgedIsMissing() {
        SuiteScore mean = SuiteScore.of(TWO, List.of(score("gsm8k", 0.5), score("popqa", Double.NaN)), 1)
                .orElseThrow();
        assertThat(mean.metric()).isEqualTo("mean of 1 of 2");
        assertThat(mean.estimate().mean()).isEqualTo(0.5);
    }

    @Test
    void rowsCountTheSameWhateverTheirSizes() {
        SuiteScore mean = SuiteScore.of(TWO, List.of(score("gsm8k", 1), score("popqa", 0, 0, 0)), 1)
                .orElseThrow();
        assertThat(mean.estimate().mean()).isEqualTo(0.5);
        assertThat(mean.estimate().n()).isEqualTo(4);
    }

    @Test
    void itemsAreResampledWithinEachTaskOnItsOwn() {
        double[] few = coins(100, 1);
        double[] many = coins(400, 2);
        SuiteScore mean = SuiteScore.of(TWO, List.of(score("gsm8k", few), score("popqa", many)), 1)
                .orElseThrow();
        // 1.96 · ½ · √(p(1 − p) / 100 + q(1 − q) / 400)
        double half = 1.96 * 0.5 * Math.sqrt(variance(few) / 100 + variance(many) / 400);
        assertThat(mean.estimate().low()).isCloseTo(mean.estimate().mean() - half, within(0.08 * half));
        assertThat(mean.estimate().high()).isCloseTo(mean.estimate().mean() + half, within(0.08 * half));
    }

    @Test
    void tasksOfOneSizeAreResampledIndependently() {
        double[] coins = coins(400, 1);
        Estimate one = Estimate.of(coins, 1);
        SuiteScore mean = SuiteScore.of(TWO, List.of(score("gsm8k", coins), score("popqa", coins)), 1)
                .orElseThrow();
        double width = mean.estimate().high() - mean.estimate().low();
        assertThat(width * Math.sqrt(2)).isCloseTo(one.high() - one.low(), within(0.1 * width));
    }

    @Test
    void everyRowIsATaskOrASuite() {
        assertThat(Suites.all()).extracting(Suite::name).containsExactly("safety", "tulu3-dev", "tulu3-unseen");
        assertThat(Suites.all()).flatExtracting(Suite::tasks).isSubsetOf(TaskRegistry.names());
        assertThat(Suites.holding("xstest")).containsExactly("safety", "tulu3-dev");
    }

    private static List<TaskScore> published() {
        var scores = new ArrayList<TaskScore>();
        PUBLISHED.forEach((task, percent) -> scores.add(score(task, percent / 100)));
        return scores;
    }

    private static TaskScore score(String task, double... scores) {
        List<ItemResult> results = DoubleStream.of(scores)
                .mapToObj(score -> new ItemResult(
                        new EvalItem(
                                "i",
                                "",
                                new EvalPrompt.Plain("Why?"),
                                new Target.Compared("Why?", "So.", Optional.empty(), Optional.empty()),
                                List.of()),
                        "key",
                        new Response.Written(List.of(new Answer.Written("Thus.", FinishReason.STOP, 1, 1))),
                        List.of(),
                        score,
                        ""))
                .toList();
        var items = results.stream().map(ItemResult::item).toList();
        return TaskScore.of("m", new EvalTask(TaskRegistry.named(task), items), 0, results, List.of(), 1);
    }

    private static double variance(double[] coins) {
        double p = DoubleStream.of(coins).average().orElseThrow();
        return p * (1 - p);
    }

    private static double[] coins(int n, long index) {
        RandomGenerator random = KeyedRandom.of(7, "coins", index);
        return IntStream.range(0, n)
                .mapToDouble(_ -> random.nextDouble() < 0.4 ? 1 : 0)
                .toArray();
    }
}

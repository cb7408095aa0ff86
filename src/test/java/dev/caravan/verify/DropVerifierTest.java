package dev.caravan.verify;

import static dev.caravan.verify.Judgements.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.ConformanceRows;
import dev.caravan.data.Verdict;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DropVerifierTest {
    private static final DropVerifier DROP = new DropVerifier();

    @Test
    void ownCasesHaveTheirMetrics() {
        assertThat(ConformanceRows.own("verify/drop.jsonl"))
                .allSatisfy(row -> metricsAgree(Judgements.of(DROP, row), row));
    }

    @Test
    void metricsAgreeWithAllRecordedOnes() {
        List<JsonNode> rows = ConformanceRows.shared("drop_metric.jsonl", 53).stream()
                .filter(row -> given(row, "kind").equals("metrics"))
                .toList();
        assertThat(rows)
                .hasSize(37)
                .allSatisfy(row -> metricsAgree(DROP.judge(given(row, "prediction"), given(row, "gold")), row));
    }

    @Test
    void equalSpellingsOfRecordedNumbersHaveOneNormalForm() {
        assertThat(ConformanceRows.shared("drop_metric.jsonl", 53).stream()
                        .filter(row -> given(row, "kind").endsWith("normal_form")))
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(DropSpan.of(given(row, "prediction"))).isEqualTo(DropSpan.of(given(row, "gold"))));
    }

    @Test
    void moreSpansThanAreAlignedCannotBeJudged() {
        String spans = IntStream.rangeClosed(0, DropVerifier.MOST_SPANS)
                .mapToObj(i -> "\"" + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(DROP.verify(spans, "1")).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void assignmentIsTheBestOfAllPermutations() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int rows = 1 + random.nextInt(4);
            int columns = rows + random.nextInt(3);
            double[][] scores = new double[rows][columns];
            for (double[] row : scores) {
                IntStream.range(0, columns).forEach(j -> row[j] = random.nextInt(5) / 4.0);
            }
            assertThat(new Assignment(scores).greatestSum())
                    .as("round %d", round)
                    .isCloseTo(best(scores, 0, new boolean[columns]), within(1e-12));
        }
    }

    private static double best(double[][] scores, int row, boolean[] taken) {
        if (row == scores.length) {
            return 0;
        }
        double best = 0;
        for (int column = 0; column < taken.length; column++) {
            if (taken[column]) {
                continue;
            }
            taken[column] = true;
            best = Math.max(best, scores[row][column] + best(scores, row + 1, taken));
            taken[column] = false;
        }
        return best;
    }

    private static void metricsAgree(Judgement judgement, JsonNode row) {
        assertThat((double) judgement.details().get("em"))
                .isEqualTo(row.get("em").asDouble());
        assertThat((double) judgement.details().get("f1"))
                .isCloseTo(row.get("f1").asDouble(), within(1e-9));
    }
}

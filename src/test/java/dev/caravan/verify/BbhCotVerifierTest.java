package dev.caravan.verify;

import static dev.caravan.verify.Judgements.given;
import static dev.caravan.verify.Judgements.score;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ConformanceRows;
import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BbhCotVerifierTest {
    private static final Verifier CURRENT = new BbhCotVerifier(Compat.CURRENT);
    private static final Verifier RELEASE = new BbhCotVerifier(Compat.TULU3);

    /// The form of the answers of the recorded sub-tasks that are no choice.
    private static final Map<String, String> FORMS = Map.of(
            "boolean_expressions", "true-false",
            "causal_judgement", "yes-no",
            "dyck_languages", "brackets",
            "formal_fallacies", "valid-invalid",
            "multistep_arithmetic_two", "integer",
            "navigate", "yes-no",
            "object_counting", "integer",
            "sports_understanding", "yes-no",
            "web_of_lies", "yes-no",
            "word_sorting", "words");

    @Test
    void ownCasesHaveTheirAnswersAndVerdicts() {
        assertThat(ConformanceRows.own("verify/bbh-cot.jsonl")).allSatisfy(row -> {
            Judgement judgement = Judgements.of(CURRENT, row);
            assertThat(judgement.extracted())
                    .isEqualTo(Optional.ofNullable(
                            row.get("extracted").asStringOpt().orElse(null)));
            assertThat(score(judgement.verdict())).isEqualTo(row.get("score").asDouble());
        });
    }

    @Test
    void whatTheStrictReadingAcceptsIsAccepted() {
        assertThat(ConformanceRows.shared("bbh_extraction.jsonl.xz", 3_187))
                .filteredOn(row -> row.get("correct").asBoolean())
                .allSatisfy(row -> assertThat(score(CURRENT.verify(given(row, "output"), expected(row))))
                        .isEqualTo(1));
    }

    @Test
    void releaseKnowsNoLoneCapitalAndNoSign() {
        assertThat(score(RELEASE.verify("I choose B", expected("(B)", "choice"))))
                .isZero();
        assertThat(score(RELEASE.verify("So the answer is 12.", expected("-12", "integer"))))
                .isEqualTo(1);
    }

    @Test
    void expectationWithoutFormCannotBeJudged() {
        assertThat(List.of("(B)", "{}", "{\"target\": \"(B)\"}", expected("(B)", "letter")))
                .allSatisfy(
                        expected -> assertThat(CURRENT.verify("(B)", expected)).isInstanceOf(Verdict.Failed.class));
    }

    private static String expected(JsonNode row) {
        return expected(given(row, "target"), FORMS.getOrDefault(given(row, "task"), "choice"));
    }

    private static String expected(String target, String form) {
        return Json.write(Map.of("target", target, "form", form));
    }
}

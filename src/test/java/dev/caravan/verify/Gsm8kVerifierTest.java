package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ConformanceRows;
import dev.caravan.data.Verdict;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class Gsm8kVerifierTest {
    private static final Gsm8kVerifier CURRENT = new Gsm8kVerifier(Compat.CURRENT);
    private static final Gsm8kVerifier TULU3 = new Gsm8kVerifier(Compat.TULU3);

    @Test
    void ownCasesHaveTheirVerdictsUnderBothRules() {
        for (JsonNode row : ConformanceRows.own("verify/gsm8k.jsonl")) {
            Judgement judgement = judge(CURRENT, row);
            assertThat(judgement.extracted())
                    .as("%s", row)
                    .contains(row.get("found").asString());
            assertThat(correct(judgement))
                    .as("%s", row)
                    .isEqualTo(row.get("current").asBoolean());
            assertThat(correct(judge(TULU3, row)))
                    .as("release: %s", row)
                    .isEqualTo(row.get("tulu3").asBoolean());
        }
    }

    @Test
    void currentRulesAgreeWithAllRecordedVerdicts() {
        List<JsonNode> rows = ConformanceRows.shared("gsm8k_answers.jsonl", 1_005);
        assertThat(rows).hasSize(1_005).allMatch(agrees(CURRENT));
    }

    @Test
    void rulesOfTheReleaseDisagreeWithFourRecordedVerdicts() {
        List<JsonNode> rows = ConformanceRows.shared("gsm8k_answers.jsonl", 1_005);
        assertThat(rows.stream()
                        .filter(agrees(TULU3).negate())
                        .map(row -> row.get("gold").asString()))
                .containsExactlyInAnyOrder("-3", "-3", "-3", "+7");
    }

    @Test
    void completionWithoutNumberIsWrong() {
        assertThat(CURRENT.verify("I do not know.", "18")).isEqualTo(Verdict.wrong("the completion holds no number"));
    }

    @Test
    void releaseComparesTheWholeTextWhereThereIsNoNumber() {
        assertThat(correct(TULU3.judge(" None ", "none"))).isTrue();
    }

    @Test
    void releaseGradesWhatFollowsTheLastAssistantMark() {
        assertThat(correct(TULU3.judge("18<|assistant|>\nnone", "none"))).isTrue();
    }

    @Test
    void expectedAnswerWithoutNumberCannotBeJudged() {
        assertThat(CURRENT.verify("18", "eighteen")).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void completionPastTheLimitCannotBeJudged() {
        assertThat(CURRENT.verify("1".repeat(Gsm8kVerifier.LONGEST + 1), "1")).isInstanceOf(Verdict.Failed.class);
        assertThat(correct(CURRENT.judge("1".repeat(Gsm8kVerifier.LONGEST), "1")))
                .isFalse();
    }

    @Property
    void neverThrows(@ForAll String completion, @ForAll String expected, @ForAll Compat compat) {
        assertThat(new Gsm8kVerifier(compat)
                        .judge(completion, expected)
                        .verdict()
                        .because())
                .isNotEmpty();
    }

    private static Predicate<JsonNode> agrees(Verifier verifier) {
        return row -> correct(judge(verifier, row)) == row.get("expected").asBoolean();
    }

    private static Judgement judge(Verifier verifier, JsonNode row) {
        return verifier.judge(row.get("completion").asString(), row.get("gold").asString());
    }

    private static boolean correct(Judgement judgement) {
        return judgement.verdict() instanceof Verdict.Scored scored && scored.correct();
    }
}

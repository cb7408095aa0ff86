package dev.caravan.verify.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ConformanceRows;
import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import dev.caravan.verify.Compat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TuluIfVerifierTest {
    private static final TuluIfVerifier CURRENT = new TuluIfVerifier(Compat.CURRENT);
    private static final TuluIfVerifier TULU3 = new TuluIfVerifier(Compat.TULU3);

    @Test
    void ownCasesHaveTheirVerdictsUnderBothRules() {
        for (JsonNode row : ConformanceRows.own("verify/tulu_if.jsonl")) {
            assertThat(holds(CURRENT, row))
                    .as("%s", row)
                    .isEqualTo(row.get("current").asBoolean());
            assertThat(holds(TULU3, row))
                    .as("release: %s", row)
                    .isEqualTo(row.get("tulu3").asBoolean());
        }
    }

    @Test
    void everyFunctionHasAnOwnCaseThatHoldsAndOneThatDoesNot() {
        List<JsonNode> rows = ConformanceRows.own("verify/tulu_if.jsonl");
        for (TuluFunction function : TuluFunction.values()) {
            assertThat(rows.stream()
                            .filter(row -> TuluFunction.named(
                                            row.get("function").asString())
                                    .orElseThrow()
                                    .equals(function))
                            .map(row -> row.get("current").asBoolean()))
                    .as("%s", function)
                    .contains(true, false);
        }
    }

    @Test
    void bothRulesAgreeWithAllRecordedVerdicts() {
        for (JsonNode row : ConformanceRows.shared("tulu_if_constraints.jsonl", 298)) {
            if (row.get("error").isNull()) {
                assertThat(holds(CURRENT, row))
                        .as("%s", row)
                        .isEqualTo(row.get("expected").asBoolean());
            } else {
                assertThat(judged(CURRENT, row)).as("%s", row).isInstanceOf(Verdict.Failed.class);
            }
            if (row.get("release").isBoolean()) {
                assertThat(holds(TULU3, row))
                        .as("release: %s", row)
                        .isEqualTo(row.get("release").asBoolean());
            }
        }
    }

    @Test
    void groundTruthOfTheDataIsReadWithItsNulls() {
        String expected = """
                {"func_name": "validate_word_constraint", "N": 2, "quantifier": "at most", "end_phrase": null}""";
        assertThat(CURRENT.verify("two words", expected)).isEqualTo(Verdict.correct("validate_word_constraint holds"));
    }

    @Test
    void whatIsAskedWronglyCannotBeJudged() {
        assertFails("{", "not valid JSON");
        assertFails("{}", "the expected answer names no function");
        assertFails("{\"function\": \"validate_rhyme\"}", "there is no function 'validate_rhyme'");
        assertFails(
                "{\"function\": \"validate_end\", \"args\": {\"end_phrase\": null}}", "validate_end needs end_phrase");
        assertFails(
                "{\"function\": \"validate_placeholders\", \"args\": {\"N\": \"two\"}}",
                "to be a whole number from 0 on");
        assertFails("{\"function\": \"verify_keywords\", \"args\": {\"keyword_list\": [1]}}", "to be a list of texts");
    }

    @Test
    void completionPastTheLimitCannotBeJudged() {
        assertThat(CURRENT.verify("a".repeat(TuluIfVerifier.LONGEST + 1), "{\"function\": \"validate_no_commas\"}"))
                .isInstanceOf(Verdict.Failed.class);
    }

    @Property
    void neverThrows(
            @ForAll String completion,
            @ForAll TuluFunction function,
            @ForAll String word,
            @ForAll @IntRange(min = -2, max = 9) int n,
            @ForAll Compat compat) {
        String expected =
                Json.write(Map.of("function", function.name().toLowerCase(Locale.ROOT), "args", arguments(word, n)));
        assertThat(new TuluIfVerifier(compat).verify(completion, expected).because())
                .isNotEmpty()
                .doesNotContain("there is no function");
    }

    private static Map<String, Object> arguments(String word, int n) {
        return Map.of(
                "N",
                n,
                "i",
                n - 1,
                "quantifier",
                "around",
                "word",
                word,
                "letter",
                word,
                "language",
                "en",
                "options",
                List.of(word),
                "keyword_list",
                List.of(word),
                "section_splitter",
                word,
                "postscript_marker",
                word);
    }

    private static void assertFails(String expected, String because) {
        assertThat(CURRENT.verify("Hello.", expected))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.because()).contains(because));
    }

    private static boolean holds(TuluIfVerifier verifier, JsonNode row) {
        return judged(verifier, row) instanceof Verdict.Scored scored && scored.correct();
    }

    private static Verdict judged(TuluIfVerifier verifier, JsonNode row) {
        return verifier.verify(
                row.get("text").asString(),
                Json.write(Map.of("function", row.get("function"), "args", row.get("args"))));
    }
}

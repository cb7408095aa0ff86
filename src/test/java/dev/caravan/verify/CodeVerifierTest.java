package dev.caravan.verify;

import static dev.caravan.verify.Judgements.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.ConformanceRows;
import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CodeVerifierTest {
    private static final CodeVerifier CHAT = new CodeVerifier(Sandbox.onThisHost(), false);
    private static final CodeVerifier RAW = new CodeVerifier(Sandbox.onThisHost(), true);

    @BeforeAll
    static void hostIsolates() {
        Verdict probe = RAW.verify("", expected("", "assert True"));
        assumeTrue(probe instanceof Verdict.Scored, () -> "SKIPPED the code tests: " + probe.because());
    }

    @Test
    void ownCasesHaveTheirVerdicts() {
        assertThat(ConformanceRows.own("verify/code.jsonl")).allSatisfy(row -> {
            Judgement judgement = CHAT.judge(
                    row.get("prediction").asString(),
                    row.has("expected")
                            ? row.get("expected").toString()
                            : expected(
                                    row.path("before").asString(""),
                                    row.get("tests").asString()));
            assertThat(score(judgement.verdict()))
                    .as("%s", judgement)
                    .isEqualTo(row.get("score").asDouble());
            assertThat(judgement.details())
                    .containsEntry("passed", row.get("passed").asInt())
                    .containsEntry("total", row.get("total").asInt());
        });
    }

    @Test
    void noisyAndBrokenProgramsHaveTheirRecordedVerdicts() {
        List<JsonNode> rows = ConformanceRows.shared("code_tests.jsonl.xz", 1_704).stream()
                .filter(row -> !List.of(
                                "canonical", "empty_body", "endless_sleep", "endless_output", "example_sample_1")
                        .contains(row.get("variant").asString()))
                .toList();
        assertThat(rows).hasSizeGreaterThan(15);
        assertThat(disagreements(rows)).isEmpty();
    }

    @Test
    void rightProgramsPass() {
        List<JsonNode> rows = ConformanceRows.shared("code_tests.jsonl.xz", 1_704).stream()
                .filter(row -> row.get("variant").asString().equals("canonical"))
                .filter(row -> row.get("task_id").asString().endsWith("7")) // a tenth, for the time it takes
                .toList();
        assertThat(rows).hasSizeGreaterThan(100);
        assertThat(disagreements(rows)).isEmpty();
    }

    @Test
    void rawCompletionIsNotSearchedForABlock() {
        String fenced = "```python\nx = 1\n```";
        assertThat(score(CHAT.verify(fenced, expected("", "assert x == 1")))).isEqualTo(1);
        assertThat(score(RAW.verify(fenced, expected("", "assert x == 1")))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Like this:\n```py\nif True:\n    x = 1\n```\nDone.",
                "~~~python\nif True:\n    x = 1\n~~~",
                "~~~\n# ```\nif True:\n    x = 1\n~~~",
                "````\nif True:\n    x = 1\n# ```\n````",
                "1. So:\n   ```python\n   if True:\n       x = 1\n   ```",
                "```python\r\nif True:\r\n    x = 1\r\n```\r\n",
                "```python\nx = 2\n```\nBetter:\n```\nif True:\n    x = 1",
                "<think>```python\nx = 2\n```</think>\n```python\nif True:\n    x = 1\n```",
                "if True:\n    x = 1"
            })
    void codeIsFoundInEveryKindOfFence(String answer) {
        assertThat(score(CHAT.verify(answer, expected("", "assert x == 1")))).isEqualTo(1);
    }

    @Test
    void brokenExpectationsCannotBeJudged() {
        assertThat(List.of(
                        "assert True",
                        "{}",
                        "[]",
                        "{\"language\": \"python\"}",
                        "{\"language\": \"java\", \"tests\": \"\"}",
                        expected("", "assert (")))
                .allSatisfy(broken -> assertThat(RAW.verify("x = 1", broken)).isInstanceOf(Verdict.Failed.class));
    }

    @Test
    void hostThatCannotIsolateRunsNothingAndNamesTheRemedy() {
        var nowhere = new CodeVerifier(
                new Sandbox(new Isolation.Impossible("install bubblewrap"), Sandbox.Limits.DEFAULT), true);
        assertThat(nowhere.verify("x = 1", expected("", "assert x == 1")))
                .isEqualTo(new Verdict.Failed("install bubblewrap"));
    }

    @Test
    void sandboxThatDoesNotStartIsNoVerdict() {
        var broken = new Sandbox(new Isolation.Possible(List.of("/usr/bin/false")), Sandbox.Limits.DEFAULT);
        assertThat(new CodeVerifier(broken, true).verify("x = 1", expected("", "")))
                .isInstanceOf(Verdict.Failed.class);
        var absent = new Sandbox(new Isolation.Possible(List.of("/nowhere/bwrap")), Sandbox.Limits.DEFAULT);
        assertThat(new CodeVerifier(absent, true)
                        .verify("x = 1", expected("", ""))
                        .because())
                .contains("the sandbox does not start", "/nowhere/bwrap");
    }

    private static List<String> disagreements(List<JsonNode> rows) {
        return rows.stream()
                .gather(Gatherers.mapConcurrent(8, CodeVerifierTest::disagreement))
                .filter(disagreement -> !disagreement.isEmpty())
                .toList();
    }

    private static String disagreement(JsonNode row) {
        boolean humanEval = row.get("suite").asString().equals("humaneval");
        String tests = row.get("test").asString()
                + (humanEval ? "\ncheck(" + row.get("entry_point").asString() + ")\n" : "");
        Verdict verdict = RAW.verify(
                row.get("completion").asString(),
                expected(humanEval ? row.get("prompt").asString() : "", tests));
        return (score(verdict) == 1) == row.get("passed").asBoolean()
                ? ""
                : row.get("task_id") + " " + row.get("variant") + ": " + verdict;
    }

    private static String expected(String before, String tests) {
        return Json.write(Map.of("language", "python", "before", before, "tests", tests));
    }
}

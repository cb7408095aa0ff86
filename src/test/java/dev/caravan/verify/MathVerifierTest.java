package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ConformanceRows;
import dev.caravan.data.Verdict;
import java.lang.management.ManagementFactory;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MathVerifierTest {
    private static final MathVerifier COMPLETIONS = new MathVerifier(Compat.CURRENT, false, false);
    private static final MathVerifier ANSWERS = new MathVerifier(Compat.CURRENT, true, false);
    private static final MathVerifier NORMAL_FORMS = new MathVerifier(Compat.CURRENT, true, true);
    private static final MathVerifier RELEASE = new MathVerifier(Compat.TULU3, false, false);
    private static final MathVerifier RELEASE_ANSWERS = new MathVerifier(Compat.TULU3, true, false);
    private static final double SHARE_TO_REACH = 0.98;

    @Test
    void ownPairsOfAnswersHaveTheirVerdictsBothWaysRound() {
        for (JsonNode row : ConformanceRows.own("verify/maths.jsonl")) {
            String answer = row.get("answer").asString();
            String gold = row.get("gold").asString();
            boolean equal = row.get("equal").asBoolean();
            assertThat(correct(ANSWERS, answer, gold)).as("%s", row).isEqualTo(equal);
            assertThat(correct(ANSWERS, gold, answer)).as("reversed: %s", row).isEqualTo(equal);
        }
    }

    @Test
    void nearlyAllRecordedVerdictsAreReached() {
        List<JsonNode> rows = ConformanceRows.shared("math_equivalence.jsonl", 338).stream()
                .filter(row -> row.get("suspect").isNull()
                        || row.get("suspect").asString().isEmpty())
                .filter(row -> !row.get("kind").asString().equals("normal_form"))
                .toList();
        long agreed = rows.stream().filter(MathVerifierTest::agrees).count();
        assertThat((double) agreed / rows.size()).isGreaterThanOrEqualTo(SHARE_TO_REACH);
    }

    /// Too long to multiply out: 635,376 terms.
    @ParameterizedTest
    @ValueSource(strings = {"(x+y+z+w+1)^{60}", "(x+y)^{100}(x-y)^{100}", "(a+b+c+d+e+f+g)^{20}-(a-b)^{80}"})
    void hugeExpansionIsGivenUpWithinHalfASecond(String answer) {
        correct(ANSWERS, answer, "x+1"); // loads classes
        long started = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        correct(ANSWERS, answer, "x^2+y");
        assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started)
                .isLessThan(500_000_000L);
    }

    @Test
    void recordedNormalFormsAreReached() {
        List<JsonNode> rows = ConformanceRows.shared("math_equivalence.jsonl", 338).stream()
                .filter(row -> row.get("kind").asString().equals("normal_form"))
                .toList();
        assertThat(rows)
                .hasSize(9)
                .allSatisfy(row -> assertThat(NORMAL_FORMS
                                .judge(row.get("prediction").asString(), "1")
                                .details())
                        .containsEntry("normal_form", row.get("gold").asString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            First 3, so it is \\boxed{4}.                                             | 4
            The roots are \\boxed{1} and \\boxed{-2}.                                  | 1, -2
            Final Answer: The final answer is $\\frac{1}{2}$. I hope it is correct.    | $\\frac{1}{2}$
            The answer is 3/4.                                                       | 3/4
            **Answer:** 12 apples                                                    | 12 apples
            Hence $x = 7$ solves it.                                                 | x = 7
            Adding up, we get 1,234 in all.                                          | 1,234
            The number $n$ is at most 34.                                            | 34
            <think>maybe \\boxed{1}</think>So it is \\boxed{2}.                        | 2
            """)
    void answerIsFoundWhereModelsPutIt(String completion, String answer) {
        assertThat(COMPLETIONS.judge(completion, "0").extracted()).contains(answer);
    }

    @Test
    void whatFollowsTheEndOfTheTurnIsNoAnswer() {
        assertThat(COMPLETIONS.judge("So it is 5.<|im_end|> 6", "0").extracted())
                .contains("5");
    }

    @Test
    void boxAndSentenceAreBothAnswers() {
        String completion = "So \\boxed{200}. Final Answer: The final answer is $300$. I hope it is correct.";
        assertThat(correct(COMPLETIONS, completion, "200")).isTrue();
        assertThat(correct(COMPLETIONS, completion, "300")).isTrue();
        assertThat(correct(COMPLETIONS, completion, "400")).isFalse();
    }

    @Test
    void boxesSideBySideAreOneAnswerAndSoIsTheLast() {
        String completion = "The roots are \\boxed{1} and \\boxed{-2}.";
        assertThat(correct(COMPLETIONS, completion, "-2, 1")).isTrue();
        assertThat(correct(COMPLETIONS, completion, "-2")).isTrue();
        assertThat(correct(COMPLETIONS, completion, "1")).isFalse();
    }

    @Test
    void goldMayBeASolution() {
        assertThat(correct(COMPLETIONS, "It is 5.", "Since $2+3=5$, it is $\\boxed{5}$, not 6."))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            \\boxed{\\frac12}                                                | \\frac{1}{2} | true
            \\boxed{2x+1}                                                   | 1+2x        | true
            \\boxed{(1,2)}                                                  | (1.0,2)     | false
            \\fbox{5} is $6$                                                | 5           | false
            \\fbox{5} is $6$                                                | 6           | true
            no box: $7$ or so                                              | 7           | true
            Final Answer: The final answer is $x=8$. I hope it is correct. | 8           | true
            """)
    void releaseHasItsCandidatesAndItsTwoTests(String completion, String gold, boolean correct) {
        assertThat(correct(RELEASE, completion, gold)).isEqualTo(correct);
    }

    @Test
    void equationAnswersItsLastSideButNotTheOtherWayRound() {
        assertThat(correct(ANSWERS, "a+b=9", "9")).isTrue();
        assertThat(correct(ANSWERS, "f(2) = 7", "7")).isTrue();
        assertThat(correct(ANSWERS, "f(2) = 7", "2")).isFalse();
        assertThat(correct(ANSWERS, "9", "a+b=9")).isFalse();
    }

    @Test
    void releaseGradesWhatFollowsTheLastAssistantMark() {
        assertThat(correct(RELEASE, "\\boxed{1}<|assistant|>\n\\boxed{2}", "2")).isTrue();
        assertThat(correct(RELEASE, "\\boxed{2}<|assistant|>\nnone", "2")).isFalse();
    }

    @Test
    void releaseComparesAnswersAsTheyStand() {
        assertThat(correct(RELEASE_ANSWERS, "50\\%", "50")).isTrue();
        assertThat(correct(RELEASE_ANSWERS, "50", "0.5")).isFalse();
    }

    @Test
    void emptyExpectationAndTextPastTheLimitCannotBeJudged() {
        assertThat(COMPLETIONS.verify("5", " ")).isInstanceOf(Verdict.Failed.class);
        assertThat(COMPLETIONS.verify("1".repeat(MathVerifier.LONGEST + 1), "1"))
                .isInstanceOf(Verdict.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+b+c+d+e+f+g+h+j)^{60}",
                "9^{9^{9^{9}}}",
                "100000!",
                "\\binom{100000}{50000}",
                "((((((((2^{99})^{99})^{99})^{99})^{99})^{99})^{99})^{99})",
                "\\sin(10^{10^{10}})",
                "e^{e^{e^{e^{e}}}}",
                "(x+y)^{200}(x-y)^{200}",
                "6^{29915999}D",
                "\\arctan(6^{29915999})",
                "\\arctan(6^{-29915999})",
                "\\arcsin(6^{-29915999})",
                "|3+6^{29915999}i|",
                "\\ln(-6^{29915999})",
                "\\sin(6^{-29915999})e^{6^{-29915999}}",
                "(1+x)^{-200}+(1+y)^{-200}+(1+z)^{-200}+(1+w)^{-200}"
            })
    void costlyAnswersKeepTheirBudget(String costly) {
        assertThat(ANSWERS.verify(costly, costly + "+1").because()).isNotEmpty();
        assertThat(correct(ANSWERS, costly, costly + "+1")).isFalse();
        assertThat(correct(ANSWERS, costly, "12")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "{",
                "[",
                "-",
                "\\sqrt",
                "\\frac",
                "\\frac{",
                "x^",
                "x^{",
                "|",
                "!",
                "\\sin ",
                "\\{",
                "1/",
                "2!",
                "x'",
                "\\boxed{",
                "$",
                "\\left(",
                "\\setminus A",
                "a_",
                "\\text{",
                "\\begin{matrix}",
                "1,",
                "\\pm",
                "\\log_",
                "0.1…",
                "\\overline{",
                "9",
                ".",
                "\\\\",
                "a=",
                "x<",
                "1 ",
                "i^",
                "e^"
            })
    void longAndDeepTextsEnd(String piece) {
        for (int times : new int[] {50, 700, 2_900, 40_000}) {
            String text = piece.repeat(Math.max(1, times / piece.length()));
            assertThat(ANSWERS.verify(text + "x", text + "y").because()).isNotEmpty();
            assertThat(COMPLETIONS.verify(text, "5").because()).isNotEmpty();
            assertThat(RELEASE.verify(text, text + "5").because()).isNotEmpty();
        }
    }

    @Property
    void numbersEqualTheirReducedFractions(
            @ForAll @IntRange(min = -500, max = 500) int a,
            @ForAll @IntRange(min = 1, max = 500) int b,
            @ForAll @IntRange(min = 1, max = 50) int k) {
        String written = "\\frac{" + a * k + "}{" + b * k + "}";
        assertThat(correct(ANSWERS, written, a + "/" + b)).isTrue();
        assertThat(correct(ANSWERS, a + "/" + b, written)).isTrue();
        assertThat(correct(ANSWERS, written, (a + 1) + "/" + b)).isFalse();
    }

    @Property
    void productsEqualTheirExpansions(
            @ForAll @IntRange(min = -30, max = 30) int a, @ForAll @IntRange(min = -30, max = 30) int b) {
        String factored = "(x+(%d))(x+(%d))".formatted(a, b);
        assertThat(correct(ANSWERS, factored, "x^2+(%d)x+(%d)".formatted(a + b, a * b)))
                .isTrue();
        assertThat(correct(ANSWERS, factored, "x^2+(%d)x+(%d)".formatted(a + b, a * b + 1)))
                .isFalse();
    }

    @Property
    void everyAnswerEqualsItself(@ForAll("answers") String answer) {
        if (!answer.isBlank()) {
            assertThat(correct(ANSWERS, answer, answer)).isTrue();
        }
    }

    @Property
    void equalityOfOtherThanEquationsIsSymmetric(@ForAll("answers") String one, @ForAll("answers") String other) {
        if (!one.isBlank() && !other.isBlank() && !(one + other).contains("=")) {
            assertThat(correct(ANSWERS, one, other)).isEqualTo(correct(ANSWERS, other, one));
        }
    }

    @Property
    void neverThrows(@ForAll("answers") String completion, @ForAll String expected, @ForAll Compat compat) {
        assertThat(new MathVerifier(compat, false, true)
                        .judge(completion, expected + completion)
                        .verdict()
                        .because())
                .isNotEmpty();
    }

    @Provide
    Arbitrary<String> answers() {
        return Arbitraries.of(
                        "1",
                        "2",
                        "12",
                        "0.5",
                        ".",
                        ",",
                        "x",
                        "y",
                        "i",
                        "e",
                        "+",
                        "-",
                        "*",
                        "/",
                        "^",
                        "_",
                        "(",
                        ")",
                        "[",
                        "]",
                        "{",
                        "}",
                        "\\{",
                        "\\}",
                        "|",
                        "!",
                        "%",
                        "\\%",
                        "=",
                        "<",
                        "\\le",
                        "\\ne",
                        "\\in",
                        "\\frac",
                        "\\frac{1}{2}",
                        "\\sqrt",
                        "\\sqrt{2}",
                        "\\pi",
                        "\\infty",
                        "\\pm",
                        "\\cup",
                        "\\sin",
                        "\\log",
                        "\\text{ cm}",
                        "\\text{and}",
                        "^\\circ",
                        "\\boxed{",
                        "$",
                        " ",
                        "\n",
                        "\\\\",
                        "&",
                        ":",
                        ";",
                        "and",
                        "cm",
                        "\\begin{pmatrix}",
                        "\\end{pmatrix}",
                        "\\left(",
                        "\\right)",
                        "\\overline{3}",
                        "…",
                        "'",
                        "The answer is ",
                        "Final Answer: The final answer is ",
                        " I hope it is correct.",
                        "²",
                        "√")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    private static boolean agrees(JsonNode row) {
        MathVerifier verifier = row.get("kind").asString().equals("expression") ? ANSWERS : COMPLETIONS;
        boolean correct = correct(
                verifier, row.get("prediction").asString(), row.get("gold").asString());
        return correct == row.get("expected").asBoolean();
    }

    private static boolean correct(Verifier verifier, String completion, String expected) {
        return verifier.verify(completion, expected) instanceof Verdict.Scored scored && scored.correct();
    }
}

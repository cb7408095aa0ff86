package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ConformanceRows;
import dev.caravan.data.Verdict;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BoxedVerifierTest {
    private static final BoxedVerifier BOXED = new BoxedVerifier();

    @Test
    void lastBoxIsFoundInAllRecordedSolutions() {
        List<JsonNode> rows = ConformanceRows.shared("boxed_extraction.jsonl", 1_000);
        assertThat(rows)
                .hasSize(1_000)
                .allSatisfy(row -> assertThat(extracted(row.get("solution").asString()))
                        .isEqualTo(row.get("answer").asString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            \\boxed{1}, no, \\boxed{2}          | 2
            \\boxed{\\frac{1}{2}}.              | \\frac{1}{2}
            \\fbox{7}                          | 7
            $\\boxed 7$ apples                 | 7
            \\boxed{\\{1, 2\\}}                  | \\{1, 2\\}
            \\boxed{\\left\\{ x \\right.} and more | \\left\\{ x \\right.
            \\boxed{1} and \\boxed{2            | 1
            """)
    void contentOfTheLastBoxThatClosesIsTheAnswer(String text, String answer) {
        assertThat(extracted(text)).isEqualTo(answer);
    }

    @Test
    void textWithoutBoxIsWrongAndHasNoAnswer() {
        Judgement judgement = BOXED.judge("It is 7.", "");
        assertThat(judgement.extracted()).isEmpty();
        assertThat(judgement.verdict()).isEqualTo(Verdict.wrong("the completion has no box that closes"));
    }

    @Test
    void manyBoxesThatNeverCloseCostOnePass() {
        assertThat(BOXED.judge("\\boxed{".repeat(100_000), "").extracted()).isEmpty();
    }

    @Property
    void neverThrows(@ForAll @Chars({'\\', 'b', '{', '}', ' ', '$', '\n'}) String text) {
        assertThat(BOXED.verify(text.replace("\\b", "\\boxed"), "").because()).isNotEmpty();
    }

    private static String extracted(String text) {
        return BOXED.judge(text, "").extracted().orElse("(none)");
    }
}

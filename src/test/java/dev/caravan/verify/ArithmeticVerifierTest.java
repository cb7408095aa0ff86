package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.data.Verdict;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ArithmeticVerifierTest {
    private static final ArithmeticVerifier VERIFIER = new ArithmeticVerifier();

    @Test
    void integerBehindTheLastMarkIsTheAnswer() {
        Judgement judgement = VERIFIER.judge("#### 40 no: 40 - 6 = 34. #### 34", "34");
        assertThat(judgement.verdict()).isEqualTo(Verdict.correct("34 is the expected answer"));
        assertThat(judgement.extracted()).contains("34");
    }

    @Test
    void otherIntegerIsWrong() {
        assertThat(VERIFIER.verify("#### 24", "34")).isEqualTo(Verdict.wrong("24 is not the expected 34"));
    }

    @Test
    void negativeAnswersAreRead() {
        assertThat(VERIFIER.verify("2 - 6 = -4. #### -4", "-4"))
                .isEqualTo(Verdict.correct("-4 is the expected answer"));
    }

    @Test
    void missingMarkIsWrongWithThatReason() {
        assertThat(VERIFIER.verify("40 - 6 = 34.", "34"))
                .isEqualTo(Verdict.wrong("the completion has no line with ####"));
    }

    @Test
    void otherThanAnIntegerBehindTheMarkIsWrong() {
        assertThat(VERIFIER.verify("#### 34.5", "34").because()).isEqualTo("'34.5' behind #### is no integer");
        assertThat(VERIFIER.verify("####\n34", "34").because()).isEqualTo("'' behind #### is no integer");
    }

    @Test
    void expectedOtherThanAnIntegerCannotBeJudged() {
        assertThat(VERIFIER.verify("#### 34", "many")).isInstanceOf(Verdict.Failed.class);
    }

    @Property
    void neverThrows(@ForAll String completion, @ForAll String expected) {
        assertThat(VERIFIER.verify("####" + completion, expected).because()).isNotEmpty();
        assertThat(VERIFIER.verify(completion, "7")).isInstanceOf(Verdict.Scored.class);
    }
}

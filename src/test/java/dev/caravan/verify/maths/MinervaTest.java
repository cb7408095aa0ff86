package dev.caravan.verify.maths;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinervaTest {
    private static final String BEFORE = "Final Answer: The final answer is ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x = 5                      | 5
            $5$                        | 5
            we get $\\frac12$ or so     | \\frac{1}{2}
            5\\text{ cm}^2              | 5
            12,000 dollars             | 12000
            \\boxed{7}                  | 7
            \\sqrt2                     | \\sqrt{2}
            45^\\circ                   | 45
            \\text{Monday}              | Monday
            \\text{m}                   | ''
            left 4 ft                  | le4
            """)
    void answersHaveOneNormalForm(String answer, String form) {
        assertThat(Minerva.normalForm(answer)).isEqualTo(form);
    }

    @Test
    void firstSentenceOnOneLineGivesTheAnswer() {
        String wish = ". I hope it is correct.";
        assertThat(Minerva.sentence(BEFORE + "5" + wish + BEFORE + "6" + wish)).contains("5");
        assertThat(Minerva.sentence(BEFORE + "5\n" + BEFORE + "6" + wish)).contains("6");
        assertThat(Minerva.sentence(BEFORE + "5.")).isEmpty();
    }

    @Test
    void openSentenceNeedsNoWish() {
        assertThat(Minerva.openSentence("So. " + BEFORE + "16386.16.\nBye.")).contains("16386.16.");
    }

    @Property
    void neverThrows(@ForAll String text) {
        assertThat(Minerva.normalForm(BEFORE + text)).isNotNull();
        assertThat(Minerva.sentence(BEFORE + text)).isNotNull();
    }
}

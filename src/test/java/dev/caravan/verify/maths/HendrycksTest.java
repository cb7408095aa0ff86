package dev.caravan.verify.maths;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HendrycksTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            \\dfrac{1}{2}          | \\frac{1}{2}
            \\frac34               | \\frac{3}{4}
            \\frac1{72}            | \\frac{1}{72}
            3/4                   | \\frac{3}{4}
            0.5                   | \\frac{1}{2}
            .5                    | \\frac{1}{2}
            x = 5                 | 5
            total = 5             | total=5
            5\\text{ cm}           | 5
            45^\\circ              | 45
            \\sqrt3+\\sqrt{12}      | \\sqrt{3}+\\sqrt{12}
            \\left(1, 2\\right)     | (1,2)
            03/4                  | 03/4
            """)
    void spellingsHaveOneNormalForm(String answer, String form) {
        assertThat(Hendrycks.normalForm(answer)).contains(form);
    }

    @Test
    void rulesBreakDownOnSlashesBetweenOtherThingsAndOnEmptyArguments() {
        assertThat(Hendrycks.normalForm("x/2")).isEmpty();
        assertThat(Hendrycks.normalForm("\\sqrt")).isEmpty();
        assertThat(Hendrycks.normalForm("\\frac")).isEmpty();
        assertThat(Hendrycks.normalForm("1\\text{ a}\\text{ b}")).isEmpty();
    }

    @Test
    void brokenDownTextsAreComparedAsTheyStand() {
        assertThat(Hendrycks.equal("x/2", "x/2")).isTrue();
        assertThat(Hendrycks.equal("x/2", "x / 2")).isFalse();
    }

    @Property
    void normalFormOfNumbersAndFractionsStaysAsItIs(
            @ForAll @Chars({'1', '2', '0', '.', '/', '-', ' ', '{', '}', 'x'}) String answer) {
        Optional<String> once = Hendrycks.normalForm(answer);
        assertThat(once.isEmpty() || once.flatMap(Hendrycks::normalForm).equals(once))
                .isTrue();
    }
}

package dev.caravan.verify.maths;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ElementaryTest {
    /// The first 49 digits, [OEIS A000796](https://oeis.org/A000796) and [A001113](https://oeis.org/A001113).
    @Test
    void piAndEHaveTheirDigits() {
        assertThat(Elementary.PI.toString()).startsWith("3.141592653589793238462643383279502884197169399375");
        assertThat(Elementary.exp(BigDecimal.ONE).toString())
                .startsWith("2.71828182845904523536028747135266249775724709369");
    }

    @Property
    void logarithmUndoesTheExponential(@ForAll @DoubleRange(min = -300, max = 300) double x) {
        BigDecimal exact = new BigDecimal(x);
        assertNear(Elementary.ln(Elementary.exp(exact)), exact);
    }

    @Property
    void sineAndCosineLieOnTheCircle(@ForAll @DoubleRange(min = -1e6, max = 1e6) double x) {
        BigDecimal sine = Elementary.sin(new BigDecimal(x));
        BigDecimal cosine = Elementary.cos(new BigDecimal(x));
        assertNear(sine.multiply(sine).add(cosine.multiply(cosine)), BigDecimal.ONE);
        assertThat(sine.doubleValue()).isCloseTo(Math.sin(x), org.assertj.core.data.Offset.offset(1e-9));
    }

    @Property
    void arcTangentUndoesTheTangent(@ForAll @DoubleRange(min = -1.5, max = 1.5) double x) {
        BigDecimal exact = new BigDecimal(x);
        BigDecimal tangent = Elementary.sin(exact).divide(Elementary.cos(exact), Elementary.PRECISION);
        assertNear(Elementary.atan(tangent), exact);
    }

    private static void assertNear(BigDecimal left, BigDecimal right) {
        assertThat(Complex.of(left).isNear(Complex.of(right)))
                .as("%s near %s", left, right)
                .isTrue();
    }
}

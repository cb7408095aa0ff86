package dev.caravan.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LawsTest {
    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyLawHoldsHereAndIsToldAsSoonAsItIsTried(Precision precision) {
        var told = new ArrayList<Finding>();
        List<Finding> findings = Laws.prove(precision, true, told::add);
        assertThat(findings)
                .hasSizeGreaterThan(7)
                .isEqualTo(told)
                .allSatisfy(
                        finding -> assertThat(finding.holds()).as("%s", finding).isTrue());
        assertThat(findings).extracting(Finding::law).doesNotHaveDuplicates();
    }

    @Test
    void differenceBeyondItsBoundOrOfNoNumberBreaksALaw() {
        assertThat(new Finding("law", Precision.FLOAT32, 2e-5, 1e-5).holds()).isFalse();
        assertThat(new Finding("law", Precision.FLOAT32, Double.NaN, 1e-5).holds())
                .isFalse();
        assertThat(new Finding("law", Precision.FLOAT32, 0, 0).holds()).isTrue();
    }

    @Test
    void differenceOfNoNumberIsWorseThanAnyOther() {
        var none = new Finding("law", Precision.FLOAT32, Double.NaN, 1);
        var some = new Finding("law", Precision.FLOAT32, 2, 1);
        assertThat(none.worse(some)).isSameAs(none);
        assertThat(some.worse(none)).isSameAs(none);
        assertThat(some.worse(new Finding("law", Precision.FLOAT32, 3, 1)).difference())
                .isEqualTo(3);
    }

    @Test
    void gradientsOfTwoModelsAreFarApart() {
        assertThat(Gradients.distance(new float[] {3, 4}, new float[] {0, 4})).isEqualTo(0.75);
        assertThat(Gradients.distance(new float[] {Float.NaN}, new float[] {1})).isNaN();
    }
}

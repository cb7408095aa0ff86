package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.CaravanException;
import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.TensorException;
import dev.caravan.TrainingDiverged;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void eachKindOfFailureHasItsExitStatusAndOneLine() {
        assertThat(status(new RecipeException("a"))).isEqualTo(2);
        assertThat(status(new DataException("b"))).isEqualTo(3);
        assertThat(status(new TensorException("c"))).isEqualTo(4);
        assertThat(status(new TrainingDiverged("d"))).isEqualTo(5);
        assertThat(err.toString(UTF_8).lines()).containsExactly("caravan: a", "caravan: b", "caravan: c", "caravan: d");
    }

    @Test
    void anyOtherExceptionIsABugWithItsTrace() {
        int status = Failures.execution(new IllegalStateException("believed otherwise"), new PrintStream(err));
        assertThat(status).isEqualTo(70);
        assertThat(err.toString(UTF_8))
                .contains("bug in Caravan", "believed otherwise", "at dev.caravan.cli.FailuresTest");
    }

    private int status(CaravanException failure) {
        return Failures.execution(failure, new PrintStream(err));
    }
}

package dev.caravan.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Against what Python 3 prints.
class PythonRandomTest {
    @Test
    void wordsAreThoseOfPython() {
        var random = new PythonRandom(1234);
        assertThat(List.of(random.bits(32), random.bits(32), random.bits(32)))
                .containsExactly((int) 4150886329L, (int) 3342196574L, 1892932127);
        assertThat(new PythonRandom(0).bits(32)).isEqualTo((int) 3626764237L);
    }

    @Test
    void samplesAreThoseOfPython() {
        assertThat(new PythonRandom(1234).sample(upTo(1000), 3)).containsExactly(989, 796, 451);
        assertThat(new PythonRandom(1234).sample(upTo(20), 3)).containsExactly(14, 3, 0);
        assertThat(new PythonRandom(1234).sample(upTo(60), 8)).containsExactly(49, 28, 7, 0, 5, 51, 37, 2);
        assertThat(new PythonRandom(42).sample(upTo(60), 8)).containsExactly(40, 7, 1, 47, 17, 15, 14, 8);
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }
}

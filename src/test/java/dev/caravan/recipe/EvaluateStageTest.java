package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluateStageTest {
    @Test
    void taskThatNeedsAJudgeIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> new EvaluateStage(
                        "eval",
                        List.of(new Reference("model")),
                        List.of("gsm8k", "alpaca-eval"),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        "own",
                        64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("task 'alpaca-eval' is decided by a judge");
    }
}

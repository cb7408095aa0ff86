package dev.caravan.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.data.Completion;
import dev.caravan.data.FinishReason;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import dev.caravan.data.Rollout;
import dev.caravan.data.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairSelectionTest {
    private static final Verdict RIGHT = Verdict.correct("right");
    private static final Verdict WRONG = Verdict.wrong("wrong");
    private static final Verdict HALF = new Verdict.Scored(0.5, "half");
    private static final Verdict FAILED = new Verdict.Failed("could not tell");

    @Test
    void chosenIsCorrectAndRejectedScoresLower() {
        assertThat(PairSelection.of(rollout("p", FAILED, WRONG, RIGHT), 1))
                .isInstanceOfSatisfying(PairSelection.Selected.class, selected -> {
                    assertThat(selected.pair().chosen()).isEqualTo("completion 2");
                    assertThat(selected.pair().rejected()).isEqualTo("completion 1");
                    assertThat(selected.pair().id()).isEqualTo("p");
                    assertThat(selected.pair().because()).isEqualTo("chosen: right; rejected: wrong");
                });
    }

    @Test
    void groupWithoutContrastGivesNoPairAndSaysWhy() {
        assertThat(PairSelection.of(rollout("p", RIGHT, RIGHT, FAILED), 1)).isEqualTo(none("all correct"));
        assertThat(PairSelection.of(rollout("p", WRONG, HALF), 1)).isEqualTo(none("none correct"));
        assertThat(PairSelection.of(rollout("p", FAILED), 1)).isEqualTo(none("no verdicts"));
        assertThat(PairSelection.of(rollout("p"), 1)).isEqualTo(none("no verdicts"));
    }

    @Test
    void rejectedIsDrawnEvenlyFromAllLowerScores() {
        Map<String, Integer> counts = new HashMap<>();
        IntStream.range(0, 3_000)
                .mapToObj(i -> PairSelection.of(rollout("prompt " + i, WRONG, RIGHT, HALF, WRONG), 7))
                .map(selection -> ((PairSelection.Selected) selection).pair().rejected())
                .forEach(rejected -> counts.merge(rejected, 1, Integer::sum));
        // a third of 3,000 each; the deviation of a binomial is 26
        assertThat(counts).containsOnlyKeys("completion 0", "completion 2", "completion 3");
        assertThat(counts.values()).allMatch(count -> Math.abs(count - 1_000) < 5 * 26);
    }

    @Test
    void drawsDependOnSeedAndPromptAlone() {
        Rollout rollout = rollout("p", WRONG, RIGHT, WRONG, RIGHT);
        assertThat(PairSelection.of(rollout, 7)).isEqualTo(PairSelection.of(rollout, 7));
    }

    private static PairSelection none(String reason) {
        return new PairSelection.None(reason);
    }

    private static Rollout rollout(String id, Verdict... verdicts) {
        var prompt = new Prompt(id, "source", List.of(Message.user("question")), Optional.empty());
        var completions = new ArrayList<Completion>();
        for (int i = 0; i < verdicts.length; i++) {
            completions.add(new Completion(new int[] {i}, "completion " + i, new float[] {0}, FinishReason.STOP));
        }
        return new Rollout(prompt, completions, Arrays.asList(verdicts));
    }
}

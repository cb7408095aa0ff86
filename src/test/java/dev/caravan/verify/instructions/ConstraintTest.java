package dev.caravan.verify.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.data.KeyedRandom;
import dev.caravan.data.Verdict;
import dev.caravan.verify.Verifiers;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConstraintTest {
    @Test
    void everyInstructionOfIfevalCanBeDrawn() {
        assertThat(Constraint.ofEachKind(KeyedRandom.of(1, "test", 0)).stream().map(Constraint::id))
                .hasSize(25)
                .doesNotHaveDuplicates();
    }

    @Property(tries = 300)
    void whatIsDrawnCanBeCheckedAndTakesDifferentInstructions(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int n) {
        List<Constraint> drawn = Constraint.draw(n, KeyedRandom.of(seed, "test", 0));
        assertThat(drawn).hasSize(n);
        assertThat(drawn.stream().map(Constraint::id)).doesNotHaveDuplicates();
        String expected = Constraint.expected(drawn, "Do this.");
        assertThat(Verifiers.named("ifeval").verify("Some response, with words.", expected))
                .isInstanceOf(Verdict.Scored.class);
    }

    @Property(tries = 300)
    void sentencesHoldTheTracesThatPromptsAreSearchedFor(@ForAll long seed) {
        for (Constraint one : Constraint.ofEachKind(KeyedRandom.of(seed, "test", 0))) {
            assertThat(one.missingIn(one.sentence())).as(one.sentence()).isEmpty();
        }
    }

    @Property(tries = 300)
    void noPairOfDrawnInstructionsIsAConflict(@ForAll long seed) {
        List<String> ids = Constraint.draw(3, KeyedRandom.of(seed, "test", 0)).stream()
                .map(Constraint::id)
                .toList();
        assertThat(ids.containsAll(List.of("change_case:english_capital", "change_case:english_lowercase")))
                .isFalse();
        assertThat(ids.containsAll(List.of("detectable_format:json_format", "detectable_format:title")))
                .isFalse();
        assertThat(ids.containsAll(List.of("language:response_language", "keywords:existence")))
                .isFalse();
    }

    @Test
    void whatAPromptLeavesOutIsNamed() {
        Constraint existence = Constraint.ofEachKind(KeyedRandom.of(3, "test", 0)).stream()
                .filter(one -> one.id().equals("keywords:existence"))
                .findFirst()
                .orElseThrow();
        String word = existence.traces().getFirst().getFirst();
        assertThat(existence.missingIn("Write something.")).isEqualTo(word);
        assertThat(existence.traces().stream().map(List::getFirst).map(existence.sentence()::contains))
                .containsOnly(true);
    }

    @Test
    void responseThatRepeatsItsPromptIsCheckedAgainstThatPrompt() {
        Constraint repeat = Constraint.ofEachKind(KeyedRandom.of(3, "test", 0)).stream()
                .filter(one -> one.id().equals("combination:repeat_prompt"))
                .findFirst()
                .orElseThrow();
        String expected = Constraint.expected(List.of(repeat), "Name a tree.");
        assertThat(Verifiers.named("ifeval").verify("Name a tree. An oak.", expected))
                .isEqualTo(Verdict.correct("follows combination:repeat_prompt"));
        assertThat(Verifiers.named("ifeval").verify("An oak.", expected)).isInstanceOf(Verdict.Scored.class);
    }
}

package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.data.Conversation;
import dev.caravan.data.Prompt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceTest {
    private static final Flaws FLAWS = new Flaws(5, 4, 3, 2, 6, 7);
    private static final List<Filter> FILTERS = List.of(
            new EmptyTurnFilter(),
            new RoleOrderFilter(),
            new SelfIdentificationFilter(),
            new RepeatedLinesFilter(10),
            new LengthFilter(1, 2_000));

    @Test
    void rowsAreTheSameWhateverTheirNumber() {
        List<Conversation> few =
                arithmetic(50, 0, Flaws.none()).conversations(7).toList();
        assertThat(arithmetic(80, 0, Flaws.none()).conversations(7).limit(50)).isEqualTo(few);
        assertThat(new ChatSource("chat", 80, Optional.of(Flaws.none()))
                        .conversations(7)
                        .limit(50))
                .isEqualTo(new ChatSource("chat", 50, Optional.of(Flaws.none()))
                        .conversations(7)
                        .toList());
    }

    @Test
    void otherSeedsGiveOtherRows() {
        Source source = arithmetic(50, 0, Flaws.none());
        assertThat(source.conversations(8))
                .doesNotContainAnyElementsOf(source.conversations(7).toList());
    }

    @Test
    void idsAreUnique() {
        assertThat(arithmetic(500, 10, FLAWS).conversations(7))
                .extracting(Conversation::id)
                .doesNotHaveDuplicates();
        assertThat(new ChatSource("chat", 300, Optional.of(FLAWS)).conversations(7))
                .extracting(Conversation::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void filtersFindExactlyThePlantedRows() {
        for (Source source : List.of(arithmetic(400, 0, FLAWS), new ChatSource("chat", 400, Optional.of(FLAWS)))) {
            Curated<Conversation> sifted = sifted(source);
            assertThat(sifted.rejectedByFilter())
                    .isEqualTo(Map.of("empty-turn", 3, "role-order", 2, "self-identification", 6, "repeated-lines", 7));
            assertThat(sifted.in()).isEqualTo(400 + FLAWS.count());
        }
    }

    @Test
    void deduplicationFindsThePlantedDuplicates() {
        var source = new ChatSource("chat", 400, Optional.of(FLAWS));
        List<Conversation> kept = sifted(source).kept();
        assertThat(Deduplicator.exact().deduplicate(kept.stream()).rejected()).hasSize(5 + 4);
    }

    @Test
    void decontaminationFindsEveryLeakedTest() {
        List<TestItem> items = TestProblems.all().stream()
                .map(problem -> new TestItem("arithmetic", problem.text(), List.of(problem.text())))
                .toList();
        var table = new ContaminationTable(items, 0.02);
        List<Overlap> worst = new Screening(Decontaminator.ofThePaper(), items)
                .each(
                        arithmetic(1_000, 12, Flaws.none()).conversations(7),
                        Conversation::messages,
                        (_, overlaps) -> overlaps)
                .peek(overlaps -> table.add("arithmetic", overlaps))
                .flatMap(overlaps -> Screening.worst(overlaps).stream())
                .toList();
        assertThat(worst).filteredOn(overlap -> overlap.coverage() == 1).hasSize(12);
        assertThat(worst).hasSizeLessThan(12 + 20);
        assertThat(table.cells().getFirst().contaminated()).isTrue();
    }

    @Test
    void promptsAreNoDemonstrationsAndNoTests() {
        Source source = arithmetic(2_000, 0, Flaws.none());
        List<String> prompts = source.prompts(7)
                .map(prompt -> prompt.messages().getFirst().content())
                .toList();
        assertThat(prompts).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(prompts)
                .doesNotContainAnyElementsOf(source.conversations(7)
                        .map(row -> row.messages().getFirst().content())
                        .toList());
        assertThat(prompts)
                .doesNotContainAnyElementsOf(
                        TestProblems.all().stream().map(Problem::text).toList());
    }

    @Test
    void promptsOfProblemsHaveAnswersAndThoseOfChatsHaveNone() {
        assertThat(arithmetic(20, 0, Flaws.none()).prompts(7))
                .allMatch(prompt -> prompt.check().isPresent());
        Stream<Prompt> chats = new ChatSource("chat", 20, Optional.of(Flaws.none())).prompts(7);
        assertThat(chats)
                .allMatch(prompt -> prompt.check().isEmpty()
                        && prompt.messages().getLast().role().equals("user"));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> arithmetic(0, 0, Flaws.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("problems must be at least 1, got 0");
        assertThatThrownBy(() -> arithmetic(1, 401, Flaws.none()))
                .hasMessage("leaked_tests must lie between 0 and 400, got 401");
        assertThatThrownBy(() -> new Flaws(0, 0, -1, 0, 0, 0))
                .hasMessage("the number of planted rows must not be negative, got -1");
    }

    private static Curated<Conversation> sifted(Source source) {
        return new Curator(FILTERS, Optional.empty())
                .conversations(source.conversations(7).toList());
    }

    private static ArithmeticSource arithmetic(long problems, int leaks, Flaws flaws) {
        return new ArithmeticSource("arithmetic", problems, 1, 3, 0.6, leaks, Optional.of(flaws));
    }
}

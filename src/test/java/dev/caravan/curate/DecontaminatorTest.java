package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ConformanceRows;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DecontaminatorTest {
    private static final Decontaminator RULE = Decontaminator.ofThePaper();
    private static final String EIGHT = "one two three four five six seven eight";

    @Test
    void ownPairsOverlapAsMuchAsTheyShould() {
        for (JsonNode row : ConformanceRows.own("curate/overlaps.jsonl")) {
            Overlap overlap = overlap(row);
            assertThat(overlap.covered())
                    .as("%s", row)
                    .isEqualTo(row.get("covered").asInt());
            assertThat(overlap.words())
                    .as("%s", row)
                    .isEqualTo(row.get("tokens").asInt());
        }
    }

    @Test
    void recordedPairsOverlapAsMuchAsTheyShould() {
        List<JsonNode> rows = ConformanceRows.shared("decontamination_pairs.jsonl", 400);
        assertThat(rows).hasSize(400).allSatisfy(row -> {
            Overlap overlap = overlap(row);
            assertThat(overlap.covered() > 0).isEqualTo(row.get("shares_8gram").asBoolean());
            assertThat(overlap.covered()).isEqualTo(row.get("covered").asInt());
            assertThat(overlap.words()).isEqualTo(row.get("tokens").asInt());
            assertThat(overlap.coverage()).isEqualTo(row.get("coverage").asDouble());
        });
    }

    @Property
    void indexFindsWhatComparingEveryPairOfWindowsFinds(
            @ForAll("texts") List<String> train, @ForAll("texts") List<String> fields) {
        var index = new NgramIndex(3, List.of(new TestItem("task", "other", List.of("a b c a")), item(fields)));
        int covered = new NgramScan(index)
                .overlaps(train).stream()
                        .filter(overlap -> overlap.item() == 1)
                        .mapToInt(Overlap::covered)
                        .sum();
        assertThat(covered).isEqualTo(Windows.covered(3, train, fields));
    }

    @Property
    void scanForgetsTheRowBefore(@ForAll("texts") List<String> first, @ForAll("texts") List<String> second) {
        var index = new NgramIndex(2, List.of(item(List.of("a b c d a b d"))));
        var scan = new NgramScan(index);
        scan.overlaps(first);
        assertThat(scan.overlaps(second)).isEqualTo(new NgramScan(index).overlaps(second));
    }

    @Property
    void textWithoutCommonWordsIsNeverRemoved(@ForAll("texts") List<String> train) {
        List<TestItem> items = List.of(item(List.of("x y z")), item(List.of("x " + EIGHT)));
        assertThat(decontaminate(items, row(train)).removed()).isEmpty();
    }

    @Property
    void plantedItemIsAlwaysFound(@ForAll("texts") List<String> others, @ForAll("texts") List<String> item) {
        String planted = item.getFirst() + " " + EIGHT;
        Conversation row = row(Stream.concat(others.stream(), Stream.of("Please: " + planted + "!"))
                .toList());
        assertThat(decontaminate(List.of(item(List.of(planted))), row).removed())
                .hasSize(1);
    }

    @Test
    void halfIsNotMoreThanHalf() {
        TestItem half = item(List.of(EIGHT + " a b c d e f g h"));
        TestItem more = item(List.of(EIGHT + " a b c d e f g"));
        assertThat(decontaminate(List.of(half), row(List.of(EIGHT))).removed()).isEmpty();
        assertThat(decontaminate(List.of(more), row(List.of(EIGHT))).removed()).hasSize(1);
    }

    @Test
    void coverageIsThatOfOneRowAndNotOfSeveral() {
        TestItem item = item(List.of("a b c d e f g h 1 2 3 4 5 6 7 8"));
        var split = List.of(row(List.of("a b c d e f g h")), row(List.of("1 2 3 4 5 6 7 8")));
        assertThat(decontaminate(List.of(item), split.toArray(Conversation[]::new))
                        .removed())
                .isEmpty();
        Conversation together = row(List.of("a b c d e f g h", "1 2 3 4 5 6 7 8"));
        assertThat(decontaminate(List.of(item), together).removed()).hasSize(1);
    }

    @Test
    void answersOfTheAssistantAreNotComparedUnlessAsked() {
        var answer = new Conversation("id", "source", List.of(Message.user("say it"), Message.assistant(EIGHT)));
        assertThat(decontaminate(List.of(item(List.of(EIGHT))), answer).removed())
                .isEmpty();
        var all = new Decontaminator(8, 0.5, 0.02, Decontaminator.Turns.ALL);
        assertThat(all.conversations(Stream.of(answer), List.of(item(List.of(EIGHT))))
                        .removed())
                .hasSize(1);
    }

    @Test
    void itemTooShortForAnNgramMatchesATurnOfTheSameWords() {
        List<TestItem> items = List.of(item(List.of("Who wrote Emma?")));
        assertThat(decontaminate(items, row(List.of("who wrote emma"))).removed())
                .hasSize(1);
        assertThat(decontaminate(items, row(List.of("Tell me who wrote Emma?"))).removed())
                .isEmpty();
    }

    @Test
    void sourceIsContaminatedAboveTwoInAHundredItems() {
        List<TestItem> items = IntStream.range(0, 100)
                .mapToObj(i -> new TestItem("task", "item " + i, List.of(EIGHT + " number" + i)))
                .toList();
        Conversation[] two = {row(List.of(EIGHT + " number1")), row(List.of(EIGHT + " number2"))};
        // the common words alone cover 8 of 9 words of every item
        assertThat(decontaminate(items, two).table())
                .containsExactly(new Contamination("source", "task", 100, 100, true));
        var strict = new Decontaminator(9, 0.5, 0.02, Decontaminator.Turns.USER);
        assertThat(strict.conversations(Stream.of(two), items).table())
                .containsExactly(new Contamination("source", "task", 100, 2, false));
    }

    @Test
    void removalNamesTheItemAndTheCoveredWords() {
        List<TestItem> items = List.of(item(List.of("a b")), item(List.of("x y " + EIGHT + " z")));
        var removal =
                decontaminate(items, row(List.of("see " + EIGHT))).removed().getFirst();
        assertThat(removal.item()).isEqualTo(items.get(1));
        assertThat(removal.overlap()).isEqualTo(new Overlap(1, 8, 11, List.of(new Overlap.Span(2, 10))));
    }

    @Property
    void everyRowIsKeptOrRemoved(@ForAll("texts") List<String> texts) {
        Conversation[] rows = texts.stream().map(text -> row(List.of(text))).toArray(Conversation[]::new);
        var result = new Decontaminator(2, 0.5, 0.02, Decontaminator.Turns.USER)
                .conversations(Stream.of(rows), List.of(item(List.of("a b c d"))));
        assertThat(result.in()).isEqualTo(rows.length);
    }

    private static Overlap overlap(JsonNode row) {
        return Decontaminator.overlap(
                8, row.get("train").asString(), row.get("test").asString());
    }

    private static Decontamination<Conversation> decontaminate(List<TestItem> items, Conversation... rows) {
        return RULE.conversations(Stream.of(rows), items);
    }

    private static TestItem item(List<String> texts) {
        return new TestItem("task", "item", texts);
    }

    private static Conversation row(List<String> userTurns) {
        return new Conversation(
                "row", "source", userTurns.stream().map(Message::user).toList());
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> text = Arbitraries.of("a", "b", "c", "d", "A,", "-")
                .list()
                .ofMaxSize(25)
                .map(words -> String.join(" ", words));
        return text.list().ofMinSize(1).ofMaxSize(4);
    }
}

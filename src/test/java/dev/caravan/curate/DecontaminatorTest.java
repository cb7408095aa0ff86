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
        int covered = new NgramScan(index, ShortItems.none(), 0)
                .overlaps(train).stream()
                        .filter(overlap -> overlap.item() == 1)
                        .mapToInt(Overlap::covered)
                        .sum();
        assertThat(covered).isEqualTo(Windows.covered(3, train, fields));
    }

    @Property
    void scanForgetsTheRowBefore(@ForAll("texts") List<String> first, @ForAll("texts") List<String> second) {
        var index = new NgramIndex(2, List.of(item(List.of("a b c d a b d"))));
        var scan = new NgramScan(index, ShortItems.none(), 0);
        scan.overlaps(first);
        assertThat(scan.overlaps(second)).isEqualTo(new NgramScan(index, ShortItems.none(), 0).overlaps(second));
    }

    @Property
    void textWithoutCommonWordsIsNeverRemoved(@ForAll("texts") List<String> train) {
        List<TestItem> items = List.of(item(List.of("x y z")), item(List.of("x " + EIGHT)));
        assertThat(removed(items, row(train))).isEmpty();
    }

    @Property
    void plantedItemIsAlwaysFound(@ForAll("texts") List<String> others, @ForAll("texts") List<String> item) {
        String planted = item.getFirst() + " " + EIGHT;
        Conversation row = row(Stream.concat(others.stream(), Stream.of("Please: " + planted + "!"))
                .toList());
        assertThat(removed(List.of(item(List.of(planted))), row)).hasSize(1);
    }

    @Test
    void halfIsNotMoreThanHalf() {
        TestItem half = item(List.of(EIGHT + " a b c d e f g h"));
        TestItem more = item(List.of(EIGHT + " a b c d e f g"));
        assertThat(removed(List.of(half), row(List.of(EIGHT)))).isEmpty();
        assertThat(removed(List.of(more), row(List.of(EIGHT)))).hasSize(1);
    }

    @Test
    void coverageIsThatOfOneRowAndNotOfSeveral() {
        TestItem item = item(List.of("a b c d e f g h 1 2 3 4 5 6 7 8"));
        var split = List.of(row(List.of("a b c d e f g h")), row(List.of("1 2 3 4 5 6 7 8")));
        assertThat(removed(List.of(item), split.toArray(Conversation[]::new))).isEmpty();
        Conversation together = row(List.of("a b c d e f g h", "1 2 3 4 5 6 7 8"));
        assertThat(removed(List.of(item), together)).hasSize(1);
    }

    @Test
    void answersOfTheAssistantAreNotComparedUnlessAsked() {
        var answer = new Conversation("id", "source", List.of(Message.user("say it"), Message.assistant(EIGHT)));
        assertThat(removed(List.of(item(List.of(EIGHT))), answer)).isEmpty();
        var all = new Decontaminator(RULE.method(), 0.02, Decontaminator.Turns.ALL);
        assertThat(overlaps(all, List.of(item(List.of(EIGHT))), answer).getFirst())
                .hasSize(1);
    }

    @Test
    void itemTooShortForAnNgramMatchesATurnOfTheSameWords() {
        List<TestItem> items = List.of(item(List.of("Who wrote Emma?")));
        assertThat(removed(items, row(List.of("who wrote emma")))).hasSize(1);
        assertThat(removed(items, row(List.of("Tell me who wrote Emma?")))).isEmpty();
    }

    @Test
    void sourceIsContaminatedAboveTwoInAHundredItems() {
        List<TestItem> items = IntStream.range(0, 100)
                .mapToObj(i -> new TestItem("task", "item " + i, List.of(EIGHT + " number" + i)))
                .toList();
        Conversation[] two = {row(List.of(EIGHT + " number1")), row(List.of(EIGHT + " number2"))};
        // the common words alone cover 8 of 9 words of every item
        assertThat(cells(RULE, items, two)).containsExactly(new Contamination("source", "task", 100, 100, true));
        var strict = new Decontaminator(new Matcher.Ngram(9, 0.5), 0.02, Decontaminator.Turns.USER);
        assertThat(cells(strict, items, two)).containsExactly(new Contamination("source", "task", 100, 2, false));
    }

    @Test
    void overlapNamesTheItemAndTheCoveredWords() {
        List<TestItem> items = List.of(item(List.of("a b")), item(List.of("x y " + EIGHT + " z")));
        assertThat(overlaps(RULE, items, row(List.of("see " + EIGHT))).getFirst())
                .containsExactly(new Overlap(1, 8, 11, List.of(new Overlap.Span(2, 10))));
    }

    @Test
    void wholeItemOverlapsThoughItsShortFieldsHoldMoreWords() {
        TestItem item = item(List.of(EIGHT, "a b c d e f g", "h i j k l m n"));
        assertThat(removed(List.of(item), row(List.of(EIGHT)))).isEmpty();
        assertThat(removed(List.of(item), row(List.of(EIGHT + " a b c d e f g", "so h i j k l m n"))))
                .hasSize(1);
    }

    @Test
    void exactMethodWantsTheWholeItem() {
        var exact = new Decontaminator(new Matcher.Exact(8), 0.02, Decontaminator.Turns.USER);
        List<TestItem> items = List.of(item(List.of(EIGHT + " nine ten")), item(List.of("Who wrote Emma?")));
        assertThat(overlaps(exact, items, row(List.of("see: " + EIGHT.toUpperCase() + ", nine-ten.")))
                        .getFirst())
                .containsExactly(new Overlap(0, 10, 10, List.of(new Overlap.Span(0, 10))));
        assertThat(overlaps(exact, items, row(List.of(EIGHT + " nine eleven", "tell me who wrote emma")))
                        .getFirst())
                .isEmpty();
        assertThat(overlaps(exact, items, row(List.of("who wrote Emma"))).getFirst())
                .hasSize(1);
    }

    @Property(tries = 50)
    void resultsAreTheSameForAnyNumberOfThreads(@ForAll("texts") List<String> texts) {
        List<Conversation> rows = Stream.iterate(0, i -> i + 1)
                .limit(300)
                .map(i -> row(List.of(texts.get(i % texts.size()), "a b c " + i)))
                .toList();
        var rule = new Decontaminator(new Matcher.Ngram(2, 0.4), 0.02, Decontaminator.Turns.USER);
        List<TestItem> items = List.of(item(List.of("a b c d")), item(List.of("d c b a")));
        assertThat(found(new Screening(rule, items, 7), rows)).isEqualTo(found(new Screening(rule, items, 1), rows));
    }

    private static Overlap overlap(JsonNode row) {
        return Decontaminator.overlap(
                8, row.get("train").asString(), row.get("test").asString());
    }

    private static List<Conversation> removed(List<TestItem> items, Conversation... rows) {
        List<List<Overlap>> overlaps = overlaps(RULE, items, rows);
        return IntStream.range(0, rows.length)
                .filter(i -> !overlaps.get(i).isEmpty())
                .mapToObj(i -> rows[i])
                .toList();
    }

    private static List<List<Overlap>> overlaps(Decontaminator rule, List<TestItem> items, Conversation... rows) {
        return found(new Screening(rule, items), List.of(rows));
    }

    private static List<List<Overlap>> found(Screening screening, List<Conversation> rows) {
        return screening
                .each(rows.stream(), Conversation::messages, (_, overlaps) -> overlaps)
                .toList();
    }

    private static List<Contamination> cells(Decontaminator rule, List<TestItem> items, Conversation... rows) {
        var table = new ContaminationTable(items, rule.datasetMatch());
        overlaps(rule, items, rows).forEach(overlaps -> table.add("source", overlaps));
        return table.cells();
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

package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseScanTest {
    private static final String EIGHT = "one two three four five six seven eight";

    @Test
    void punctuationCountsAsTokensOfTheItemButIsNotCompared() {
        // 9 tokens: the comma is one; both windows of 8 are phrases of 7 words
        assertThat(overlap(EIGHT.replace("four", "four,"), EIGHT)).isEqualTo(new Overlap(0, 9, 9, spans(0, 9)));
    }

    @Test
    void windowThatComesAgainCountsAtItsLastPlaceOnly() {
        String twice = EIGHT + " and " + EIGHT;
        // of the windows, only "one … eight" comes twice: its first place is forgotten, but the windows that reach
        // over "and" are not in the row
        assertThat(overlap(twice, EIGHT, 0.4)).isEqualTo(new Overlap(0, 8, 17, spans(9, 17)));
    }

    @Test
    void itemOfFewerTokensThanTheWindowNeverMatches() {
        assertThat(scan(0.5, List.of("Who wrote Emma?"), List.of("Who wrote Emma?")))
                .isEmpty();
    }

    @Test
    void turnsOfARowAreComparedAlone() {
        List<String> item = List.of("a b c d e f g h 1 2 3 4 5 6 7 8");
        assertThat(scan(0.5, item, List.of("a b c d e f g h", "1 2 3 4 5 6 7 8")))
                .isEmpty();
        assertThat(scan(0.5, item, List.of("a b c d e f g h 1 2 3 4 5 6 7 8"))).hasSize(1);
    }

    @Test
    void fieldsAreAveraged() {
        // the passage is covered, the question is not: one half is not more than one half
        List<String> item = List.of(EIGHT + " nine ten eleven twelve", "who?");
        assertThat(scan(0.5, item, List.of(item.getFirst()))).isEmpty();
        assertThat(scan(0.49, item, List.of(item.getFirst()))).hasSize(1);
    }

    @Test
    void tokensComeCloseToSpacy() {
        assertThat(tokens("I don't know John's 1,000.5 dogs."))
                .containsExactly("I", "do", "n't", "know", "John", "'s", "1,000.5", "dogs", ".");
        assertThat(tokens("a  b\n\nc-d")).containsExactly("a", "  ", "b", "\n\n", "c", "-", "d");
    }

    @Test
    void phraseKeepsWhatTheSearchEngineKeeps() {
        assertThat(ReleaseTokens.phrase("It's \"A/B\" (c-d); e.")).containsExactly("it's", "a/b", "c", "d", "e");
    }

    private static List<String> tokens(String text) {
        return ReleaseTokens.tokens(text).stream()
                .map(range -> text.substring(range.from(), range.to()))
                .toList();
    }

    private static Overlap overlap(String item, String turn) {
        return overlap(item, turn, 0.5);
    }

    private static Overlap overlap(String item, String turn, double tokenMatch) {
        return scan(tokenMatch, List.of(item), List.of(turn)).getFirst();
    }

    private static List<Overlap> scan(double tokenMatch, List<String> item, List<String> turns) {
        List<TestItem> items = List.of(new TestItem("task", "item", item));
        return RowScan.of(new Matcher.Release(8, tokenMatch), items).scan().overlaps(turns);
    }

    private static List<Overlap.Span> spans(int from, int to) {
        return List.of(new Overlap.Span(from, to));
    }
}

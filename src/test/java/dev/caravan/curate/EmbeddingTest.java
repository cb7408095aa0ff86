package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.RecipeException;
import dev.caravan.data.Message;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final List<TestItem> ITEMS = List.of(
            new TestItem("hens", "h1", List.of("How many eggs does a hen lay?")),
            new TestItem("hens", "h2", List.of("Who feeds the hens?", "Of what colour are the eggs?")),
            new TestItem("hens", "h3", List.of("?!")));

    @Test
    void paraphraseIsFoundWithItsSimilarity() {
        List<Overlap> overlaps = scan(0.9).overlaps(List.of("Tell me.", "how many EGGS does the hen lay"));
        assertThat(overlaps).extracting(Overlap::item).containsExactly(0);
        assertThat(overlaps.getFirst().coverage()).isBetween(0.9, 1.0);
        assertThat(overlaps.getFirst().spans()).isEmpty();
    }

    @Test
    void everyFieldOfAnItemMustBeMeantOnAverage() {
        assertThat(scan(0.99).overlaps(List.of("Who feeds the hens?"))).isEmpty();
        assertThat(scan(0.99).overlaps(List.of("Who feeds the hens?", "Of what colour are the eggs?")))
                .extracting(Overlap::item)
                .containsExactly(1);
    }

    @Test
    void textWithoutWordsIsLikeNothing() {
        assertThat(scan(0.01).overlaps(List.of("?!"))).isEmpty();
        assertThat(scan(0.01).overlaps(List.of())).isEmpty();
    }

    @Test
    void rowsComeOutTheSameOnAnyNumberOfThreads() {
        List<String> rows = IntStream.range(0, 300)
                .mapToObj(i -> i % 7 == 0 ? "How many eggs does hen " + i + " lay?" : "Row " + i)
                .toList();
        assertThat(found(rows, 1)).isEqualTo(found(rows, 4)).contains(1);
    }

    @Test
    void providerOnTheClassPathIsFoundByItsName() {
        float[] vector = Embedders.named(LetterPairs.NAME).vector("a hen");
        double length = IntStream.range(0, vector.length)
                .mapToDouble(i -> vector[i] * vector[i])
                .sum();
        assertThat(length).isCloseTo(1, within(1e-5));
    }

    @Test
    void embedderThatIsMissingOrTwiceThereIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> Embedders.named("minilm"))
                .isInstanceOf(RecipeException.class)
                .hasMessageStartingWith("there is no embedder 'minilm'; on the class path are [letter-pairs]")
                .hasMessageContaining("make embeddings")
                .hasMessageContaining("CARAVAN_CLASSPATH");
        assertThatThrownBy(() -> Embedders.provider("letter-pairs", List.of(new LetterPairs(), new LetterPairs())))
                .hasMessage("two embedders are named 'letter-pairs'; a name belongs to one");
    }

    @Test
    void similarityOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Matcher.Embedding("minilm", 1.5))
                .hasMessage("similarity must be above 0 and at most 1, got 1.5");
    }

    private static List<Integer> found(List<String> rows, int threads) {
        var rule = new Decontaminator(new Matcher.Embedding(LetterPairs.NAME, 0.9), 0.02, Decontaminator.Turns.USER);
        return new Screening(rule, ITEMS, threads)
                .each(rows.stream(), row -> List.of(Message.user(row)), (_, overlaps) -> overlaps.size())
                .toList();
    }

    private static RowScan scan(double similarity) {
        return RowScan.of(new Matcher.Embedding(LetterPairs.NAME, similarity), ITEMS)
                .scan();
    }
}

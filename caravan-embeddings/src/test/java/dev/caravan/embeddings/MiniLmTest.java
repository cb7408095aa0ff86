package dev.caravan.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.curate.Decontaminator;
import dev.caravan.curate.Matcher;
import dev.caravan.curate.Screening;
import dev.caravan.curate.TestItem;
import dev.caravan.data.Message;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MiniLmTest {
    private static final MiniLm MODEL = MiniLm.load();

    @Test
    void vectorsHaveLengthOneAndDoNotDependOnWhatElseRuns() {
        float[] alone = MODEL.vector("How many eggs does the hen lay?");
        assertThat(alone).hasSize(384);
        assertThat(cosine(alone, alone)).isCloseTo(1, within(1e-5));
        List<float[]> beside = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> MODEL.vector(i % 2 == 0 ? "How many eggs does the hen lay?" : "Row " + i))
                .toList();
        for (int i = 0; i < 40; i += 2) assertThat(beside.get(i)).isEqualTo(alone);
    }

    @Test
    void paraphraseIsNearerThanAnotherQuestion() {
        float[] asked = MODEL.vector("How many eggs does the hen lay in a week?");
        double paraphrase = cosine(asked, MODEL.vector("What is the weekly number of eggs that a hen lays?"));
        double other = cosine(asked, MODEL.vector("Who wrote the opera about the flying Dutchman?"));
        assertThat(paraphrase).isGreaterThan(0.8);
        assertThat(other).isLessThan(0.3);
    }

    @Test
    void decontaminationFindsTheParaphraseByTheNameMinilm() {
        var rule = new Decontaminator(new Matcher.Embedding("minilm", 0.8), 0.02, Decontaminator.Turns.USER);
        var items = List.of(new TestItem("hens", "h1", List.of("How many eggs does the hen lay in a week?")));
        List<Integer> found = new Screening(rule, items)
                .each(
                        Stream.of("Name a river.", "What is the weekly number of eggs that a hen lays?"),
                        row -> List.of(Message.user(row)),
                        (_, overlaps) -> overlaps.size())
                .toList();
        assertThat(found).containsExactly(0, 1);
    }

    private static double cosine(float[] one, float[] other) {
        return IntStream.range(0, one.length).mapToDouble(i -> one[i] * other[i]).sum();
    }
}

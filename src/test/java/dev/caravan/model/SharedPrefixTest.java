package dev.caravan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.TinyModel;
import dev.caravan.tensor.Scope;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// One token's logits do not depend on how its sequence is laid out.
class SharedPrefixTest {
    private final Random random = new Random(11);

    @Test
    void logProbsOfAGroupAreThoseOfItsSequencesAlone() {
        int[] prompt = TinyModel.prompts(1, random).getFirst();
        List<Sequence> answers = TinyModel.prompts(5, random).stream()
                .map(a -> Sequence.of(prompt, a))
                .toList();
        try (var model = TinyModel.random(1)) {
            var together = new Scorer(1000).logProbs(model, List.of(answers), 1);
            var alone =
                    new Scorer(1).logProbs(model, answers.stream().map(List::of).toList(), 1);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(together.get(i)).containsExactly(alone.get(i), within(1e-5f));
            }
        }
    }

    @Test
    void logitsOfPrefillAndDecodeAreThoseOfTheWholeForward() {
        int[] ids = random.ints(40, 2, 258).toArray();
        int prompt = 25;
        try (var model = TinyModel.random(2);
                var cache = new KeyValueCache(model.config(), model.precision(), 1, 4);
                var _ = Scope.open()) {
            float[][] whole = logits(model, ids);
            var flat = FlatBatch.of(List.of(java.util.Arrays.copyOf(ids, prompt)));
            model.hidden(flat.ids(), flat.positions(), cache.prefill(flat, new int[] {1}));
            for (int at = prompt; at < ids.length; at++) {
                var hidden = model.hidden(new int[] {ids[at]}, new int[] {at}, cache.decode());
                assertThat(model.head().logits(hidden).toFloats()).containsExactly(whole[at], within(1e-4f));
            }
        }
    }

    private static float[][] logits(CausalLm model, int[] ids) {
        float[] flat =
                model.head().logits(model.hidden(FlatBatch.of(List.of(ids)))).toFloats();
        var rows = new float[ids.length][];
        int width = model.config().vocabularySize();
        java.util.Arrays.setAll(rows, i -> java.util.Arrays.copyOfRange(flat, i * width, (i + 1) * width));
        return rows;
    }
}

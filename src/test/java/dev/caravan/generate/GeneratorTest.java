package dev.caravan.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.TinyModel;
import dev.caravan.data.Completion;
import dev.caravan.data.FinishReason;
import dev.caravan.model.CausalLm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
    private static final Set<Integer> ENDS = Set.of(1, 17, 101, 202); // several, so that lengths differ
    private static CausalLm model;

    @BeforeAll
    static void open() {
        model = TinyModel.random(5);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 1.5})
    void completionsDependNeitherOnTheBatchNorOnTheOrder(double temperature) {
        var random = new Random(3);
        List<Request> requests = requests(TinyModel.prompts(12, random));
        Sampling sampling = temperature == 0 ? Sampling.greedy(20) : Sampling.at(temperature, 20);
        Map<String, List<List<Integer>>> alone = ids(requests, sampling, 1);
        for (int batch : new int[] {3, 16}) {
            Collections.shuffle(requests, random);
            assertThat(ids(requests, sampling, batch)).isEqualTo(alone);
        }
    }

    @Test
    void samplesOfAPromptDiffer() {
        var request = new Request("a", new int[] {5, 6, 7}, 4);
        assertThat(ids(List.of(request), Sampling.at(1, 20), 4).get("a")).doesNotHaveDuplicates();
    }

    @Test
    void stopStringEndsACompletionAndIsCutOffItsText() {
        var sampling = new Sampling(40, 1, 0, 1, 0, 1, List.of("x"), true);
        var generator = new Generator(model, Set.of(), GeneratorTest::letters, 4);
        List<Completion> completions = generator
                .generate(List.of(new Request("a", new int[] {9, 8, 7}, 8)), sampling, 1)
                .getFirst();
        assertThat(completions)
                .anyMatch(c -> c.finish() == FinishReason.STOP_STRING)
                .allSatisfy(c -> {
                    assertThat(c.text()).doesNotContain("x");
                    assertThat(letters(c.ids()).indexOf('x'))
                            .isEqualTo(c.finish() == FinishReason.STOP_STRING ? c.ids().length - 1 : -1);
                });
    }

    @Test
    void contextLimitsACompletion() {
        int[] prompt = new Random(1).ints(TinyModel.CONTEXT - 5, 2, 258).toArray();
        var sampling = new Sampling(100, 1, 0, 1, 0, 1, List.of(), true);
        var completion = new Generator(model, Set.of(), _ -> "", 1)
                .generate(List.of(new Request("a", prompt, 1)), sampling, 1)
                .getFirst()
                .getFirst();
        assertThat(completion.ids()).hasSize(5);
        assertThat(completion.finish()).isEqualTo(FinishReason.LENGTH);
    }

    private static List<Request> requests(List<int[]> prompts) {
        var requests = new ArrayList<Request>();
        for (int i = 0; i < prompts.size(); i++) requests.add(new Request("row " + i, prompts.get(i), 1 + i % 3));
        return requests;
    }

    private static Map<String, List<List<Integer>>> ids(List<Request> requests, Sampling sampling, int batch) {
        var completions = new Generator(model, ENDS, _ -> "", batch).generate(requests, sampling, 42);
        var byKey = new LinkedHashMap<String, List<List<Integer>>>();
        for (int i = 0; i < requests.size(); i++) {
            byKey.put(
                    requests.get(i).key(),
                    completions.get(i).stream().map(GeneratorTest::list).toList());
        }
        return byKey;
    }

    private static List<Integer> list(Completion completion) {
        return java.util.Arrays.stream(completion.ids()).boxed().toList();
    }

    /// A letter a token.
    private static String letters(int[] ids) {
        var text = new StringBuilder();
        for (int id : ids) text.append((char) ('a' + id % 26));
        return text.toString();
    }
}

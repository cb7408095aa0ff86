package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// SQuAD's F1 ([section 6.1](https://arxiv.org/abs/1606.05250)): how much the words of the completion and of an
/// expected text, both in normal form, have in common; the best of the expected texts counts.
public record SquadF1Verifier() implements Verifier {
    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        return ReadLimit.within(completion, () -> judged(completion, GivenList.texts(expected)));
    }

    private static Judgement judged(String completion, List<String> accepted) {
        List<String> found = AnswerText.squadWords(AnswerText.withoutThinking(completion));
        double best = accepted.stream()
                .mapToDouble(text -> f1(found, AnswerText.squadWords(text)))
                .max()
                .orElseThrow();
        return Judgement.withoutAnswer(new Verdict.Scored(best, "F1 of the words is " + best));
    }

    /// Two answers without words are equal.
    static double f1(List<String> found, List<String> wanted) {
        if (found.isEmpty() && wanted.isEmpty()) {
            return 1;
        }
        return 2.0 * shared(found, wanted) / (found.size() + wanted.size());
    }

    private static int shared(List<String> found, List<String> wanted) {
        Map<String, Integer> left = new HashMap<>();
        wanted.forEach(word -> left.merge(word, 1, Integer::sum));
        int shared = 0;
        for (String word : found) {
            if (left.merge(word, -1, Integer::sum) >= 0) {
                shared++;
            }
        }
        return shared;
    }
}

package dev.caravan.verify;

import dev.caravan.data.Verdict;
import dev.caravan.text.Lowercase;
import java.util.Locale;
import java.util.Optional;

/// Whether any accepted text stands in the completion as it is written, in lower case, or with a capital first
/// letter, as PopQA ([section 4](https://arxiv.org/abs/2212.10511)) counts an answer.
public record ContainsVerifier() implements Verifier {
    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        return ReadLimit.within(completion, () -> {
            Optional<String> found = GivenList.texts(expected).stream()
                    .filter(text -> !text.isEmpty())
                    .filter(text -> stands(text, completion))
                    .findFirst();
            return found.map(text -> Judgement.of(Verdict.correct("contains '%s'".formatted(text)), text))
                    .orElseGet(() -> Judgement.withoutAnswer(Verdict.wrong("contains no accepted text")));
        });
    }

    private static boolean stands(String text, String completion) {
        return completion.contains(text)
                || completion.contains(Lowercase.of(text))
                || completion.contains(capitalised(text));
    }

    private static String capitalised(String text) {
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT) + Lowercase.of(text.substring(first));
    }
}

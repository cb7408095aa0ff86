package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.List;

/// SQuAD's exact match ([section 6.1](https://arxiv.org/abs/1606.05250)): the completion without its thinking equals
/// one of the expected texts in normal form.
public record SquadEmVerifier() implements Verifier {
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
        boolean equal = accepted.stream().map(AnswerText::squadWords).anyMatch(found::equals);
        return Judgement.withoutAnswer(
                equal
                        ? Verdict.correct("equal to an expected answer in normal form")
                        : Verdict.wrong("'%s' is no expected answer in normal form"
                                .formatted(Excerpt.of(String.join(" ", found)))));
    }
}

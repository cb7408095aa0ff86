package dev.caravan.verify;

import dev.caravan.data.Verdict;

/// A completion of no more than the expected number of words. Each word beyond costs 1 / 32,768 of the score, as each
/// token does in open-instruct.
public record MaxLengthVerifier() implements Verifier {
    private static final double WORDS_TO_ZERO = 32_768;

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        String most = expected.strip();
        return most.matches("[0-9]{1,9}")
                ? ReadLimit.within(completion, () -> judged(completion, Integer.parseInt(most)))
                : Judgement.withoutAnswer(
                        new Verdict.Failed("the expected '" + Excerpt.of(expected) + "' is no number of words"));
    }

    private static Judgement judged(String completion, int most) {
        int words = AnswerText.words(completion).size();
        double score = 1 - Math.clamp((words - most) / WORDS_TO_ZERO, 0, 1);
        return Judgement.withoutAnswer(
                new Verdict.Scored(score, "%d words where %d are allowed".formatted(words, most)));
    }
}

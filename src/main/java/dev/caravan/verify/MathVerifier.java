package dev.caravan.verify;

import dev.caravan.data.Verdict;
import dev.caravan.verify.maths.Equivalence;
import dev.caravan.verify.maths.Grading;
import dev.caravan.verify.maths.Hendrycks;

/// Mathematical answers. The answer is looked for in a box, in the sentence of Minerva, behind "the answer is", and
/// else is the last formula or number; the expected one is an answer, or a gold solution in which it is found the
/// same way. Both are read as LaTeX and compared by exact arithmetic, as polynomials, and where that does not decide by
/// their values to many digits at seeded points; what cannot be read is compared as a string.
///
/// [Compat#TULU3] takes the candidates of the release and its two tests: a formula that is equal, or one normal form
/// of Hendrycks. Where the release asked a computer algebra system, the formulas are read and compared as above.
///
/// @param answerOnly whether completion and expectation are answers already
/// @param normalForm whether the judgement also tells the Hendrycks form of the completion, as `normal_form`
public record MathVerifier(Compat compat, boolean answerOnly, boolean normalForm) implements Verifier {
    static final int LONGEST = 1_000_000;

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        if (completion.length() > LONGEST || expected.length() > LONGEST) {
            return Judgement.withoutAnswer(tooLong(completion.length() > LONGEST ? completion : expected));
        }
        Judgement judgement = expected.isBlank()
                ? Judgement.withoutAnswer(new Verdict.Failed("the expected answer is empty"))
                : judged(grading(completion, expected));
        return normalForm
                ? judgement.with("normal_form", Hendrycks.normalForm(completion).orElse(completion))
                : judgement;
    }

    static Verdict tooLong(String text) {
        return new Verdict.Failed(
                "the text has %d characters, more than the %d that are read".formatted(text.length(), LONGEST));
    }

    private Grading grading(String completion, String expected) {
        return switch (compat) {
            case CURRENT -> Grading.of(completion, expected, answerOnly);
            case TULU3 -> Grading.ofRelease(completion, expected, answerOnly);
        };
    }

    private static Judgement judged(Grading grading) {
        String answer = Excerpt.of(grading.answer());
        String expected = Excerpt.of(grading.expected());
        return Judgement.of(verdict(grading.outcome(), answer, expected), grading.answer());
    }

    private static Verdict verdict(Equivalence.Outcome outcome, String answer, String expected) {
        return switch (outcome) {
            case EQUAL -> Verdict.correct("'%s' equals the expected '%s'".formatted(answer, expected));
            case DIFFERENT -> Verdict.wrong("'%s' is not the expected '%s'".formatted(answer, expected));
            case UNKNOWN ->
                new Verdict.Failed("'%s' and the expected '%s' need more steps than are spent on an answer"
                        .formatted(answer, expected));
        };
    }
}

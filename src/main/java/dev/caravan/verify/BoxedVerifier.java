package dev.caravan.verify;

import dev.caravan.data.Verdict;
import dev.caravan.verify.maths.Boxes;

/// Whether there is an answer in a box, `\boxed{…}` or `\fbox{…}`, and which: the last one. Expects nothing.
public record BoxedVerifier() implements Verifier {
    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        if (completion.length() > MathVerifier.LONGEST) {
            return Judgement.withoutAnswer(MathVerifier.tooLong(completion));
        }
        return Boxes.last(completion)
                .map(answer -> Judgement.of(Verdict.correct("the last box holds " + Excerpt.of(answer)), answer))
                .orElseGet(() -> Judgement.withoutAnswer(Verdict.wrong("the completion has no box that closes")));
    }

    @Override
    public boolean expects() {
        return false;
    }
}

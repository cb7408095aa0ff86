package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.function.Supplier;

/// How much of a completion is read at all: the bound on the steps of every verifier that looks at it once.
final class ReadLimit {
    private ReadLimit() {}

    /// The judgement, or that the completion is too long to be judged.
    static Judgement within(String completion, Supplier<Judgement> judgement) {
        return completion.length() <= Gsm8kVerifier.LONGEST
                ? judgement.get()
                : Judgement.withoutAnswer(
                        new Verdict.Failed("the completion has %d characters, more than the %d that are read"
                                .formatted(completion.length(), Gsm8kVerifier.LONGEST)));
    }
}

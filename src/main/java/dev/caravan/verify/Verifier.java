package dev.caravan.verify;

import dev.caravan.data.Verdict;

/// Decides whether a completion meets what was expected. Pure, thread-safe, bounded by steps and never by the clock;
/// an exception inside is a bug, not a verdict.
@FunctionalInterface
public interface Verifier {
    Verdict verify(String completion, String expected);

    /// The verdict together with the answer that was found in the completion, for verifiers that look for one.
    default Judgement judge(String completion, String expected) {
        return Judgement.withoutAnswer(verify(completion, expected));
    }

    /// Whether it needs an expected answer; one that only looks for an answer does not.
    default boolean expects() {
        return true;
    }

    /// Whether a verdict takes so long that several are best asked for at a time.
    default boolean takesLong() {
        return false;
    }
}

package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.Optional;

/// Decides whether a completion meets what was expected. Pure, thread-safe, bounded by steps and never by the clock;
/// an exception inside is a bug, not a verdict.
@FunctionalInterface
public interface Verifier {
    Verdict verify(String completion, String expected);

    /// The verdict together with the answer that was found in the completion, for verifiers that look for one.
    default Judgement judge(String completion, String expected) {
        return new Judgement(verify(completion, expected), Optional.empty());
    }
}

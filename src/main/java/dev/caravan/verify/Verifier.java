package dev.caravan.verify;

import dev.caravan.data.Verdict;

/// Decides whether a completion meets what was expected. Pure, thread-safe, bounded by steps and never by the clock;
/// an exception inside is a bug, not a verdict.
public interface Verifier {
    Verdict verify(String completion, String expected);
}

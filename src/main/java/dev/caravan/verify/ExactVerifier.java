package dev.caravan.verify;

import dev.caravan.data.Verdict;

/// The whole completion against the expected text, white space at both ends aside.
public record ExactVerifier() implements Verifier {
    @Override
    public Verdict verify(String completion, String expected) {
        return completion.strip().equals(expected.strip())
                ? Verdict.correct("equal to the expected text")
                : Verdict.wrong("'%s' is not the expected '%s'"
                        .formatted(Excerpt.of(completion.strip()), Excerpt.of(expected.strip())));
    }
}

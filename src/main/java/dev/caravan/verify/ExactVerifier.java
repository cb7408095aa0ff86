package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.List;

/// The whole completion against the expected text, or any of a list of texts; white space at both ends aside.
public record ExactVerifier() implements Verifier {
    @Override
    public Verdict verify(String completion, String expected) {
        String found = completion.strip();
        List<String> accepted = GivenList.texts(expected);
        return accepted.stream().map(String::strip).anyMatch(found::equals)
                ? Verdict.correct("equal to the expected text")
                : Verdict.wrong("'%s' is not %s".formatted(Excerpt.of(found), shown(accepted)));
    }

    private static String shown(List<String> accepted) {
        return accepted.size() == 1
                ? "the expected '" + Excerpt.of(accepted.getFirst().strip()) + "'"
                : "among the " + accepted.size() + " expected texts";
    }
}

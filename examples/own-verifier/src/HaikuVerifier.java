import dev.caravan.data.Verdict;
import dev.caravan.verify.Verifier;
import dev.caravan.verify.VerifierProvider;

/// Three lines, none empty, and the expected word in one of them.
public final class HaikuVerifier implements VerifierProvider {
    @Override
    public String name() {
        return "haiku";
    }

    @Override
    public String description() {
        return "three lines with a word in them (expected: the word)";
    }

    /// Pure and linear in the completion: it may be called from many threads at once.
    @Override
    public Verifier verifier() {
        return (completion, expected) -> {
            var lines = completion.strip().lines().toList();
            if (lines.size() != 3 || lines.stream().anyMatch(String::isBlank)) {
                return Verdict.wrong(lines.size() + " lines, or an empty one among them");
            }
            return completion.contains(expected)
                    ? Verdict.correct("three lines with '" + expected + "'")
                    : Verdict.wrong("the word '" + expected + "' is missing");
        };
    }
}

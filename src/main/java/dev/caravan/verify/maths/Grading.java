package dev.caravan.verify.maths;

import dev.caravan.verify.maths.Candidates.Candidate;
import dev.caravan.verify.maths.Equivalence.Outcome;
import java.util.List;

/// The answer of a completion beside the expected one.
///
/// @param answer the candidate that is equal to it, or else the first
public record Grading(Outcome outcome, String answer, String expected) {
    /// Under today's rules.
    ///
    /// @param answerOnly whether both are answers already
    public static Grading of(String completion, String expected, boolean answerOnly) {
        List<Candidate> candidates =
                answerOnly ? List.of(new Candidate(completion.strip(), false)) : Candidates.of(completion);
        List<Candidate> golds = answerOnly ? List.of(new Candidate(expected.strip(), false)) : Candidates.of(expected);
        Candidate gold = golds.getFirst();
        Outcome outcome = Outcome.DIFFERENT;
        for (Candidate candidate : candidates) {
            Outcome found = Equivalence.of(candidate.text(), gold.text(), candidate.plain() && gold.plain());
            if (found == Outcome.EQUAL) {
                return new Grading(found, candidate.text(), gold.text());
            }
            outcome = found == Outcome.UNKNOWN ? found : outcome;
        }
        return new Grading(outcome, candidates.getFirst().text(), gold.text());
    }

    /// Under the rules of the release, which looks for an answer in the completion only.
    ///
    /// @param answerOnly whether the completion is an answer already
    public static Grading ofRelease(String completion, String expected, boolean answerOnly) {
        List<String> candidates = answerOnly ? List.of(completion) : Candidates.ofRelease(completion);
        String gold = answerOnly ? expected : Boxes.ofRelease(expected).orElse(expected);
        for (String candidate : candidates) {
            if (Hendrycks.equal(candidate, gold) || Equivalence.formulasEqual(candidate, gold)) {
                return new Grading(Outcome.EQUAL, candidate, gold);
            }
        }
        return new Grading(Outcome.DIFFERENT, candidates.getFirst(), gold);
    }
}

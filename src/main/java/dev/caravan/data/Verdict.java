package dev.caravan.data;

/// What a verifier says of a completion. "Wrong" and "could not tell" are different things.
public sealed interface Verdict {
    /// Why, in words for people.
    String because();

    /// @param score 0 (wrong) to 1 (correct); between them lies partial credit
    record Scored(double score, String because) implements Verdict {
        public Scored {
            if (!(score >= 0 && score <= 1)) {
                throw new IllegalArgumentException("score must lie between 0 and 1, got " + score);
            }
        }

        public boolean correct() {
            return score == 1;
        }
    }

    /// The verifier could not tell; never counted as a zero.
    record Failed(String because) implements Verdict {}

    static Verdict correct(String because) {
        return new Scored(1, because);
    }

    static Verdict wrong(String because) {
        return new Scored(0, because);
    }
}

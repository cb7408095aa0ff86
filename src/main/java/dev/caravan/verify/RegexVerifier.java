package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A completion in which the expected regular expression, of [Pattern], finds something. A search that looks at more
/// than [#MOST_STEPS] characters, goes round empty parts too often, or nests too deeply, could not tell.
public record RegexVerifier() implements Verifier {
    static final int MOST_STEPS = 20_000_000;
    private static final int FREE_ROUNDS = 10; // between two characters that are read

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        return ReadLimit.within(completion, () -> Judgement.withoutAnswer(search(completion, expected)));
    }

    private static Verdict search(String completion, String expression) {
        try {
            return Pattern.compile(expression)
                            .matcher(new CountedText(completion, new Steps(Repetitions.of(expression))))
                            .find()
                    ? Verdict.correct("the expression matches")
                    : Verdict.wrong("the expression '" + Excerpt.of(expression) + "' matches nowhere");
        } catch (PatternSyntaxException e) {
            return new Verdict.Failed("the expected expression is wrong: " + Excerpt.of(e.getDescription()));
        } catch (TooManySteps | StackOverflowError e) {
            return new Verdict.Failed("the expression '%s' needs more than %d steps or nests too deeply here"
                    .formatted(Excerpt.of(expression), MOST_STEPS));
        }
    }

    private static final class TooManySteps extends RuntimeException {}

    private static final class Steps {
        private final long each;
        private long left = MOST_STEPS;

        /// @param rounds that may be made before the next character is read
        Steps(long rounds) {
            each = Math.max(1, rounds / FREE_ROUNDS);
            if (rounds > MOST_STEPS) throw new TooManySteps();
        }

        void take() {
            left -= each;
            if (left < 0) throw new TooManySteps();
        }
    }

    /// A text that ends the search which looks at it too often.
    private record CountedText(CharSequence text, Steps steps) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            steps.take();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}

package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.Optional;
import java.util.regex.Pattern;

/// The generated word problems: the integer behind the last `####` of the completion against the expected one.
/// Unlike [Gsm8kVerifier] it wants the answer where the demonstrations put it.
public record ArithmeticVerifier() implements Verifier {
    private static final String ANSWER_MARK = "####";
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}"); // so many digits fit a long

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        Optional<Long> wanted = integer(expected.strip());
        if (wanted.isEmpty()) {
            return Judgement.withoutAnswer(
                    new Verdict.Failed("the expected answer '" + Excerpt.of(expected) + "' is no integer"));
        }
        int mark = completion.lastIndexOf(ANSWER_MARK);
        if (mark < 0) {
            return Judgement.withoutAnswer(Verdict.wrong("the completion has no line with " + ANSWER_MARK));
        }
        String answer = firstWord(completion, mark + ANSWER_MARK.length());
        return Judgement.of(compare(answer, wanted.get()), answer);
    }

    private static Verdict compare(String answer, long wanted) {
        Optional<Long> found = integer(answer);
        if (found.isEmpty()) {
            return Verdict.wrong("'" + Excerpt.of(answer) + "' behind " + ANSWER_MARK + " is no integer");
        }
        return found.get() == wanted
                ? Verdict.correct(wanted + " is the expected answer")
                : Verdict.wrong(found.get() + " is not the expected " + wanted);
    }

    /// The first word on the line that goes on at `from`, empty when nothing follows there.
    private static String firstWord(String text, int from) {
        int start = from;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    private static Optional<Long> integer(String text) {
        return INTEGER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}

package dev.caravan.verify;

import dev.caravan.data.Verdict;
import dev.caravan.text.Lowercase;
import java.util.Optional;

/// Grade-school maths: the last number of the completion against the expected one. The expected answer is a number,
/// or a gold solution whose last `####` is followed by it.
///
/// [Compat#TULU3] compares strings as the release did: a sign counts before a decimal fraction only, `18.00` is not
/// `18`, and an expected `1,000` is never met, for commas are taken out of the completion alone.
/// [Compat#CURRENT] compares values, reads signs of integers too, and takes thousands separators out of both sides.
public record Gsm8kVerifier(Compat compat) implements Verifier {
    static final int LONGEST = 1_000_000;
    private static final String ANSWER_MARK = "####";
    private static final String ASSISTANT_MARK = "<|assistant|>\n";

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        if (completion.length() > LONGEST) {
            return Judgement.withoutAnswer(
                    new Verdict.Failed("the completion has %d characters, more than the %d that are read"
                            .formatted(completion.length(), LONGEST)));
        }
        String gold = expected.substring(afterLast(ANSWER_MARK, expected)).strip();
        return switch (compat) {
            case CURRENT -> byValue(completion, gold);
            case TULU3 -> bySpelling(completion, gold);
        };
    }

    private static Judgement byValue(String completion, String gold) {
        Optional<String> wanted = number(gold, Compat.CURRENT);
        if (wanted.isEmpty()) {
            return Judgement.withoutAnswer(new Verdict.Failed("the expected answer '" + gold + "' holds no number"));
        }
        return number(completion, Compat.CURRENT)
                .map(found -> judged(found, gold, Numbers.canonical(found).equals(Numbers.canonical(wanted.get()))))
                .orElseGet(() -> Judgement.withoutAnswer(Verdict.wrong("the completion holds no number")));
    }

    private static Judgement bySpelling(String completion, String gold) {
        String graded =
                completion.substring(afterLast(ASSISTANT_MARK, completion)).strip();
        String found = number(graded, Compat.TULU3).orElseGet(() -> Numbers.withoutThousandsSeparators(graded));
        return judged(found, gold, Lowercase.of(found).equals(Lowercase.of(gold)));
    }

    private static Judgement judged(String found, String gold, boolean equal) {
        String shown = Excerpt.of(found);
        return Judgement.of(
                equal
                        ? Verdict.correct(shown + " is the expected answer")
                        : Verdict.wrong(shown + " is not the expected " + Excerpt.of(gold)),
                found);
    }

    private static Optional<String> number(String text, Compat compat) {
        return Numbers.last(Numbers.withoutThousandsSeparators(text), compat);
    }

    private static int afterLast(String mark, String text) {
        int at = text.lastIndexOf(mark);
        return at < 0 ? 0 : at + mark.length();
    }
}

package dev.caravan.verify;

import dev.caravan.data.Verdict;
import dev.caravan.text.Lowercase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mathematical answer behind a fixed closing sentence, as DeepMind's Mathematics Dataset is evaluated: between the
/// last "Therefore, the final answer is" and "I hope it is correct", else what follows the last "final answer is", else
/// the last "answer is", to the end of its line. Right is the expected text in any case, yes and no for True and False,
/// and what is equal to it as mathematics; a list must have its members in the expected order.
public record FinalAnswerVerifier() implements Verifier {
    private static final MathVerifier MATHS = new MathVerifier(Compat.CURRENT, true, false);
    private static final String OPENING = "therefore, the final answer is";
    private static final String CLOSING = "i hope it is correct";
    private static final List<String> MARKS = List.of("final answer is", "answer is");
    private static final Pattern AROUND =
            Pattern.compile("(?:\\$\\$?+|\\\\\\(|\\*\\*|\\\\boxed\\{|`)(.*?)(?:\\$\\$?+|\\\\\\)|\\*\\*|\\}|`)");
    private static final Set<String> YES = Set.of("yes", "true");
    private static final Set<String> NO = Set.of("no", "false");

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        return ReadLimit.within(
                completion,
                () -> answer(completion)
                        .map(answer -> Judgement.of(compare(answer, expected.strip()), answer))
                        .orElseGet(() -> Judgement.withoutAnswer(
                                Verdict.wrong("the completion does not say what its answer is"))));
    }

    private static Optional<String> answer(String completion) {
        String small = Lowercase.of(completion);
        // what lower case makes longer would be cut in the wrong place
        String text = small.length() == completion.length() ? completion : small;
        return between(text, small)
                .or(() -> MARKS.stream()
                        .filter(small::contains)
                        .findFirst()
                        .map(mark -> line(text, small.lastIndexOf(mark) + mark.length())))
                .map(FinalAnswerVerifier::bare)
                .filter(answer -> !answer.isEmpty());
    }

    private static Optional<String> between(String text, String small) {
        int start = small.lastIndexOf(OPENING);
        int end = start < 0 ? -1 : small.indexOf(CLOSING, start);
        return end < 0 ? Optional.empty() : Optional.of(text.substring(start + OPENING.length(), end));
    }

    private static String line(String text, int from) {
        String rest = text.substring(from).strip();
        int end = rest.indexOf('\n');
        return end < 0 ? rest : rest.substring(0, end);
    }

    /// Without a colon before it, a full stop behind it, and the marks around it.
    private static String bare(String answer) {
        String bare = withoutEnd(answer.strip());
        if (bare.startsWith(":")) bare = bare.substring(1).strip();
        Matcher marked = AROUND.matcher(bare);
        return marked.matches() ? withoutEnd(marked.group(1).strip()) : bare;
    }

    private static String withoutEnd(String answer) {
        return answer.endsWith(".") ? answer.substring(0, answer.length() - 1).strip() : answer;
    }

    private static Verdict compare(String answer, String expected) {
        if (sameText(answer, expected)) return Verdict.correct("equal to the expected answer");
        return switch (MATHS.verify(powers(answer), powers(expected))) {
            case Verdict.Scored scored when scored.score() == 1 -> Verdict.correct("equal to the expected answer");
            case Verdict.Scored _, Verdict.Failed _ ->
                Verdict.wrong("'%s' is not '%s'".formatted(Excerpt.of(answer), Excerpt.of(expected)));
        };
    }

    private static boolean sameText(String answer, String expected) {
        String a = Lowercase.of(answer);
        String b = Lowercase.of(expected);
        return a.equals(b) || YES.contains(a) && YES.contains(b) || NO.contains(a) && NO.contains(b);
    }

    private static String powers(String text) {
        return text.replace("**", "^");
    }
}

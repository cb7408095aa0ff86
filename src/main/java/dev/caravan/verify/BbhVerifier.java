package dev.caravan.verify;

import dev.caravan.data.Verdict;

/// BIG-Bench Hard with a chain of thought: what follows the last "the answer is", less one full stop at its end,
/// equals the target, letter by letter. With answers on both sides the whole completion is that answer.
public record BbhVerifier(boolean answerOnly) implements Verifier {
    private static final String ANSWER_MARK = "the answer is";

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        int mark = completion.lastIndexOf(ANSWER_MARK);
        if (mark < 0 && !answerOnly) {
            return Judgement.withoutAnswer(Verdict.wrong("the completion does not say '" + ANSWER_MARK + "'"));
        }
        String answer = withoutFullStop(completion
                .substring(answerOnly ? 0 : mark + ANSWER_MARK.length())
                .strip());
        return Judgement.of(compare(answer, expected.strip()), answer);
    }

    private static String withoutFullStop(String answer) {
        return answer.endsWith(".") ? answer.substring(0, answer.length() - 1) : answer;
    }

    private static Verdict compare(String answer, String target) {
        return answer.equals(target)
                ? Verdict.correct("equal to the target")
                : Verdict.wrong("'%s' is not '%s'".formatted(Excerpt.of(answer), Excerpt.of(target)));
    }
}

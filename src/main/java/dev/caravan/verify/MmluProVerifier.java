package dev.caravan.verify;

import dev.caravan.data.Verdict;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// MMLU-Pro: the letter A to J that the completion chose. Three readings are tried in the order of the benchmark: the
/// first "answer is (X)"; the last "Answer: X" on the first line that has one; the last letter that stands alone.
/// As in the benchmark the pronoun "I" is such a letter.
public record MmluProVerifier() implements Verifier {
    private static final Pattern SENTENCE = Pattern.compile("answer is \\(?([A-J])");
    private static final Pattern LABEL = Pattern.compile("[aA]nswer:\\s*+([A-J])");

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        return ReadLimit.within(
                completion,
                () -> letter(completion)
                        .map(letter -> Judgement.of(LetterVerifier.compare(letter, expected.strip()), letter))
                        .orElseGet(() -> Judgement.withoutAnswer(Verdict.wrong("the completion chooses no letter"))));
    }

    private static Optional<String> letter(String text) {
        Matcher sentence = SENTENCE.matcher(text);
        return sentence.find() ? Optional.of(sentence.group(1)) : labelled(text).or(() -> LoneLetters.last(text, 'J'));
    }

    private static Optional<String> labelled(String text) {
        Matcher label = LABEL.matcher(text);
        if (!label.find()) {
            return Optional.empty();
        }
        String letter = label.group(1);
        int endOfLine = endOfLine(text, label.start());
        while (label.find() && label.start() < endOfLine) {
            letter = label.group(1);
        }
        return Optional.of(letter);
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}

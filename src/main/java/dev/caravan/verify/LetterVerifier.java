package dev.caravan.verify;

import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import dev.caravan.text.Uppercase;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Multiple choice: the letter that the completion chose. Expected is a letter, or `{"answer": "C", "choices": 4}`;
/// without a number of choices the letters A to J count. Tried in this order, the last occurrence of each: "answer
/// is X" or "answer: X", with whatever marks around the letter; "X is correct"; "(X)"; a letter that stands alone and
/// is no word of a sentence.
///
/// @param answerOnly whether the completion is nothing but the letter, in either case, with marks around it
public record LetterVerifier(boolean answerOnly) implements Verifier {
    private static final int USUAL_CHOICES = 10;
    private static final String OPENING_MARKS = "(?:[\\s(\\[{*$:\"'`]|\\\\\\(|\\\\boxed|\\\\text|\\\\mathrm)*+";

    private record Expected(char answer, int choices) {
        char highest() {
            return (char) ('A' + choices - 1);
        }
    }

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        return ReadLimit.within(
                completion,
                () -> read(expected)
                        .map(wanted -> judged(completion, wanted))
                        .orElseGet(() -> Judgement.withoutAnswer(new Verdict.Failed(
                                "the expected answer '%s' is no letter, ".formatted(Excerpt.of(expected))
                                        + "nor {\"answer\": letter, \"choices\": how many}"))));
    }

    static Verdict compare(String letter, String expected) {
        return letter.equals(expected)
                ? Verdict.correct(letter + " is the expected letter")
                : Verdict.wrong(letter + " is not the expected " + Excerpt.of(expected));
    }

    private Judgement judged(String completion, Expected expected) {
        char highest = expected.highest();
        Optional<String> letter = answerOnly ? onlyLetter(completion, highest) : chosen(completion, highest);
        return letter.map(found -> Judgement.of(compare(found, String.valueOf(expected.answer())), found))
                .orElseGet(() -> Judgement.withoutAnswer(Verdict.wrong("the completion chooses no letter")));
    }

    private static Optional<String> onlyLetter(String completion, char highest) {
        String letter = Uppercase.of(AnswerText.withoutPunctuation(completion).strip());
        return letter.length() == 1 && letter.charAt(0) >= 'A' && letter.charAt(0) <= highest
                ? Optional.of(letter)
                : Optional.empty();
    }

    private static Optional<String> chosen(String completion, char highest) {
        String text = AnswerText.withoutThinking(completion);
        String letter = "([A-" + highest + "])(?![\\p{L}\\p{N}_'])";
        return last("(?i:answer\\s++is|answer\\s*+:)" + OPENING_MARKS + letter, text)
                .or(() -> last("(?<![\\p{L}\\p{N}_])" + letter + "[)\\]}*]{0,4}+ is (?i:the )?+correct", text))
                .or(() -> last("\\(" + letter + "\\)", text))
                .or(() -> LoneLetters.lastChoice(text, highest));
    }

    private static Optional<String> last(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.of(matcher.group(1));
        }
        return last;
    }

    private static Optional<Expected> read(String expected) {
        String text = expected.strip();
        return text.startsWith("{") ? readObject(text) : expected(text, USUAL_CHOICES);
    }

    private static Optional<Expected> readObject(String text) {
        try {
            JsonNode tree = Json.mapper().readTree(text);
            return expected(
                    tree.path("answer").asString(""), tree.path("choices").asInt(USUAL_CHOICES));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Expected> expected(String letter, int choices) {
        if (letter.length() != 1 || choices < 1 || choices > 26) {
            return Optional.empty();
        }
        var expected = new Expected(letter.charAt(0), choices);
        return expected.answer() >= 'A' && expected.answer() <= expected.highest()
                ? Optional.of(expected)
                : Optional.empty();
    }
}

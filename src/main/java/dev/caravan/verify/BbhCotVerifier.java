package dev.caravan.verify;

import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import dev.caravan.text.Lowercase;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// BIG-Bench Hard with a chain of thought, by the forgiving readings that Tülu 3's final tables use. Expected is
/// `{"target": "(B)", "form": "choice"}`, the form being that of the sub-task's answers: choice, yes-no, true-false,
/// valid-invalid, integer, brackets or words.
///
/// The answer is the last text of that form behind "So the answer is", else behind "answer is", else in a line
/// behind "answer:", else in a line behind "answer", else anywhere, else (of choices) a capital that stands alone,
/// else anywhere in any case. Marks around it and the parentheses of a single letter do not matter, nor do case
/// and, but for brackets and signs of numbers, punctuation.
///
/// @param compat under the rules of the release no capital stands alone, and a number's sign is punctuation
public record BbhCotVerifier(Compat compat) implements Verifier {
    private static final Pattern CONCLUSION = Pattern.compile("(?i)so the answer is:?+\\s*+");
    private static final Pattern SENTENCE = Pattern.compile("(?i)answer is:?+\\s*+");
    private static final Pattern LABEL = Pattern.compile("(?i)answer:");
    private static final Pattern WORD = Pattern.compile("(?i)answer");

    private record Marks(String opening, String closing) {}

    private static final List<Marks> AROUND = List.of(
            new Marks("$", "$"),
            new Marks("\\(", "\\)"),
            new Marks("(", ")"),
            new Marks("**", "**"),
            new Marks("\"", "\""),
            new Marks("'", "'"));

    private record Expected(String target, BbhForm form) {}

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
                        .orElseGet(() -> Judgement.withoutAnswer(
                                new Verdict.Failed("expected is no {\"target\": a text, \"form\": one of %s}, got '%s'"
                                        .formatted(BbhForm.spellings(), Excerpt.of(expected))))));
    }

    private Judgement judged(String completion, Expected expected) {
        return answer(completion, expected.form())
                .map(answer -> Judgement.of(compare(answer, expected), answer))
                .orElseGet(() -> Judgement.withoutAnswer(Verdict.wrong("the completion has no answer of that form")));
    }

    private Optional<String> answer(String text, BbhForm form) {
        var search = new AnswerSearch(text, form.pattern());
        return search.directlyBehind(CONCLUSION)
                .or(() -> search.directlyBehind(SENTENCE))
                .or(() -> search.inTheLineOf(LABEL))
                .or(() -> search.inTheLineOf(WORD))
                .or(search::last)
                .or(() -> loneCapital(text, form))
                .or(() -> new AnswerSearch(text, form.inAnyCase()).last())
                .map(String::strip);
    }

    private Optional<String> loneCapital(String text, BbhForm form) {
        return form == BbhForm.CHOICE && compat == Compat.CURRENT
                ? LoneLetters.lastChoice(text, 'Z')
                : Optional.empty();
    }

    private Verdict compare(String answer, Expected expected) {
        return normal(answer, expected.form()).equals(normal(expected.target(), expected.form()))
                ? Verdict.correct("equal to the target")
                : Verdict.wrong("'%s' is not '%s'".formatted(Excerpt.of(answer), Excerpt.of(expected.target())));
    }

    private String normal(String answer, BbhForm form) {
        return switch (form) {
            case BRACKETS -> answer.strip();
            case INTEGER -> signed(answer) ? "-" + bare(answer) : bare(answer);
            case CHOICE, YES_NO, TRUE_FALSE, VALID_INVALID, WORDS -> bare(answer);
        };
    }

    private boolean signed(String answer) {
        return compat == Compat.CURRENT && unwrapped(answer.strip()).startsWith("-");
    }

    private static String bare(String answer) {
        return String.join(" ", AnswerText.words(AnswerText.withoutPunctuation(Lowercase.of(unwrapped(answer)))));
    }

    private static String unwrapped(String answer) {
        return AROUND.stream()
                .filter(marks -> answer.length()
                                > marks.opening().length() + marks.closing().length()
                        && answer.startsWith(marks.opening())
                        && answer.endsWith(marks.closing()))
                .findFirst()
                .map(marks -> answer.substring(
                        marks.opening().length(),
                        answer.length() - marks.closing().length()))
                .orElse(answer);
    }

    private static Optional<Expected> read(String expected) {
        try {
            JsonNode tree = Json.mapper().readTree(expected);
            return BbhForm.named(tree.path("form").asString(""))
                    .filter(_ -> tree.path("target").isString())
                    .map(form -> new Expected(tree.path("target").asString(), form));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}

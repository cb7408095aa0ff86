package dev.caravan.verify.instructions;

import static dev.caravan.verify.instructions.PythonText.lower;
import static dev.caravan.verify.instructions.PythonText.strip;

import dev.caravan.text.language.LanguageDetector;
import dev.caravan.verify.Compat;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The 25 functions that reward instruction following in Tülu 3, by the names that its data uses. `N` is how many,
/// `quantifier` is one of `at least`, `around` and `at most`; any other is never met.
enum TuluFunction {
    VALIDATE_CHOICE("validate_choice", TuluFunction::choice),
    VALIDATE_END("validate_end", (text, given, _) -> text.endsWith(given.text("end_phrase"))),
    VALIDATE_FORBIDDEN_WORDS(
            "validate_forbidden_words",
            (text, given, _) -> given.texts("forbidden_words").stream()
                    .noneMatch(word -> lower(text).contains(lower(word)))),
    VALIDATE_FREQUENCY_CAPITAL_WORDS("validate_frequency_capital_words", TuluFunction::capitalWords),
    VALIDATE_HIGHLIGHTED_SECTIONS(
            "validate_highlighted_sections", (text, given, _) -> Spans.count(text, "*", "*") >= given.count("N")),
    VALIDATE_JSON_FORMAT("validate_json_format", (text, _, _) -> PythonJson.accepts(text)),
    VALIDATE_LOWERCASE("validate_lowercase", (text, _, _) -> text.equals(lower(text))),
    VALIDATE_NO_COMMAS("validate_no_commas", (text, _, _) -> text.indexOf(',') < 0),
    VALIDATE_PARAGRAPHS("validate_paragraphs", TuluFunction::paragraphs),
    VALIDATE_PLACEHOLDERS("validate_placeholders", TuluFunction::placeholders),
    VALIDATE_QUOTATION("validate_quotation", (text, _, _) -> text.startsWith("\"") && text.endsWith("\"")),
    VALIDATE_REPEAT_PROMPT(
            "validate_repeat_prompt", (text, given, _) -> text.startsWith(given.text("original_prompt"))),
    VALIDATE_RESPONSE_LANGUAGE("validate_response_language", TuluFunction::language),
    VALIDATE_SECTIONS("validate_sections", TuluFunction::sections),
    VALIDATE_TITLE("validate_title", (text, _, _) -> Spans.count(text, "<<", ">>") > 0),
    VALIDATE_TWO_RESPONSES("validate_two_responses", (text, _, _) -> twoResponses(text)),
    VALIDATE_UPPERCASE("validate_uppercase", (text, _, _) -> text.equals(PythonText.upper(text))),
    VALIDATE_WORD_CONSTRAINT(
            "validate_word_constraint",
            (text, given, _) -> quantified(PythonText.split(text).size(), given, tenth(given))),
    VERIFY_BULLET_POINTS("verify_bullet_points", (text, given, _) -> bulletPoints(text) == given.count("N")),
    VERIFY_KEYWORD_FREQUENCY("verify_keyword_frequency", TuluFunction::keywordFrequency),
    VERIFY_KEYWORDS(
            "verify_keywords",
            (text, given, _) -> given.texts("keyword_list").stream()
                    .allMatch(word -> lower(text).contains(lower(word)))),
    VERIFY_LETTER_FREQUENCY("verify_letter_frequency", TuluFunction::letterFrequency),
    VERIFY_PARAGRAPH_COUNT("verify_paragraph_count", (text, given, _) -> paragraphCount(text, given.count("N"))),
    VERIFY_POSTSCRIPT("verify_postscript", TuluFunction::postscript),
    VERIFY_SENTENCE_CONSTRAINT(
            "verify_sentence_constraint",
            (text, given, compat) -> quantified(TuluSentences.count(text, compat), given, 1));

    private interface Check {
        boolean holds(String text, Arguments given, Compat compat);
    }

    private final String spelling;
    private final Check check;

    TuluFunction(String spelling, Check check) {
        this.spelling = spelling;
        this.check = check;
    }

    static Optional<TuluFunction> named(String name) {
        return Arrays.stream(values())
                .filter(known -> known.spelling.equals(name))
                .findFirst();
    }

    /// @throws dev.caravan.DataException when an argument is missing or of no use
    boolean holds(String text, Arguments given, Compat compat) {
        return check.holds(text, given, compat);
    }

    /// The release asked whether the text is part of an option, which the empty text always is.
    private static boolean choice(String text, Arguments given, Compat compat) {
        List<String> options = given.texts("options");
        return switch (compat) {
            case CURRENT -> options.stream().anyMatch(text::contains);
            case TULU3 -> options.stream().anyMatch(option -> option.contains(text));
        };
    }

    /// In the release "around" was exact.
    private static boolean capitalWords(String text, Arguments given, Compat compat) {
        long found = PythonText.words(text).stream()
                .filter(word -> word.chars().allMatch(c -> c >= 'A' && c <= 'Z'))
                .count();
        return quantified(found, given, compat == Compat.CURRENT ? tenth(given) : 0);
    }

    private static boolean quantified(long found, Arguments given, long tolerance) {
        long wanted = given.count("N");
        return switch (given.text("quantifier")) {
            case "at least" -> found >= wanted;
            case "around" -> Math.abs(found - wanted) <= tolerance;
            case "at most" -> found <= wanted;
            default -> false;
        };
    }

    /// A tenth of `N`, halves to the even side, but at least one.
    private static long tenth(Arguments given) {
        return Math.max((long) Math.rint(given.count("N") * 0.1), 1);
    }

    /// `i` counts from one; as an index of Python, 0 is the last paragraph.
    private static boolean paragraphs(String text, Arguments given, Compat compat) {
        List<String> paragraphs = PythonText.split(text, "\n\n");
        int i = given.count("i") - 1;
        int index = i < 0 ? i + paragraphs.size() : i;
        String first = given.text("first_word");
        if (paragraphs.size() != given.count("N")) {
            return false;
        }
        if (index < 0 || index >= paragraphs.size()) {
            throw given.unusable("i", "the number of one of the " + paragraphs.size() + " paragraphs", i + 1);
        }
        return strip(paragraphs.get(index)).startsWith(first);
    }

    /// The release returned a pair, which counts as true whatever is in it.
    private static boolean placeholders(String text, Arguments given, Compat compat) {
        return switch (compat) {
            case CURRENT -> Spans.count(text, "[", "]") >= given.count("N");
            case TULU3 -> true;
        };
    }

    private static boolean language(String text, Arguments given, Compat compat) {
        String wanted = given.text("language");
        return LanguageDetector.instance()
                .detect(text)
                .orElseThrow(() -> given.unusable("the text", "in some language", "no word of any"))
                .equals(wanted);
    }

    private static boolean sections(String text, Arguments given, Compat compat) {
        String splitter = given.text("section_splitter");
        if (splitter.isEmpty()) {
            throw given.unusable("section_splitter", "some text", "none");
        }
        int pieces = Spans.occurrences(text, splitter) + 1;
        boolean nothingBefore = text.isEmpty() || text.startsWith(splitter);
        return pieces - (nothingBefore ? 1 : 0) == given.count("N");
    }

    private static boolean twoResponses(String text) {
        List<String> responses = PythonText.split(text, "******");
        return responses.size() == 2 && !strip(responses.get(0)).equals(strip(responses.get(1)));
    }

    private static long bulletPoints(String text) {
        return PythonText.split(text, "\n").stream()
                .map(PythonText::strip)
                .filter(line -> line.startsWith("*") || line.startsWith("-"))
                .count();
    }

    private static boolean keywordFrequency(String text, Arguments given, Compat compat) {
        String keyword = lower(given.text("word"));
        return PythonText.words(lower(text)).stream().filter(keyword::equals).count() == given.count("N");
    }

    private static boolean letterFrequency(String text, Arguments given, Compat compat) {
        String letter = given.text("letter");
        if (letter.codePointCount(0, letter.length()) != 1) {
            throw given.unusable("letter", "a single character", "'" + letter + "'");
        }
        return Spans.occurrences(text, letter) == given.count("N");
    }

    private static boolean paragraphCount(String text, int wanted) {
        List<String> lines =
                PythonText.lines(text).stream().map(PythonText::strip).toList();
        List<String> paragraphs = PythonText.split(String.join("\n", lines), "* * *");
        return paragraphs.size() == wanted && paragraphs.stream().noneMatch(PythonText::isBlank);
    }

    private static boolean postscript(String text, Arguments given, Compat compat) {
        String marker = given.text("postscript_marker");
        int at = text.indexOf(marker);
        return at >= 0 && strip(text.substring(at)).length() > marker.length();
    }
}

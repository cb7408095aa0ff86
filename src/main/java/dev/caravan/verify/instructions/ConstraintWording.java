package dev.caravan.verify.instructions;

import dev.caravan.io.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// Draws the arguments of instructions and says in words what they ask for. The switch names every instruction, so none
/// can be added without its words.
final class ConstraintWording {
    private static final String AT_LEAST = "at least";
    private static final String LESS_THAN = "less than";

    // three lists without a common word, so that no prompt asks for a word and forbids it
    private static final List<String> WANTED = List.of(
            "balance",
            "bridge",
            "candle",
            "compass",
            "courage",
            "garden",
            "harvest",
            "journey",
            "lantern",
            "melody",
            "mountain",
            "neighbour",
            "orchard",
            "pattern",
            "river",
            "signal",
            "station",
            "summer",
            "thread",
            "weather");
    private static final List<String> FORBIDDEN = List.of(
            "actually",
            "amazing",
            "awesome",
            "basically",
            "crucial",
            "delve",
            "essential",
            "fantastic",
            "important",
            "literally",
            "moreover",
            "never",
            "obviously",
            "perfect",
            "really",
            "simply",
            "ultimate",
            "unique",
            "very");
    private static final List<String> REPEATED = List.of(
            "change",
            "chance",
            "community",
            "detail",
            "future",
            "idea",
            "morning",
            "people",
            "question",
            "story",
            "team",
            "time",
            "value",
            "world");
    private static final List<String> FIRST_WORDS =
            List.of("after", "because", "consider", "everyone", "finally", "imagine", "perhaps", "sometimes", "today");
    private static final List<String> LAST_PHRASES = List.of(
            "Is there anything else you would like to know?",
            "That is all there is to say.",
            "I hope this is what you were looking for.",
            "Now it is your turn.",
            "And so the day ends.");
    private static final List<String> SPLITTERS = List.of("Section", "Part", "Chapter", "Day", "Step");
    private static final Map<String, String> LANGUAGES = Map.ofEntries(
            Map.entry("ar", "Arabic"),
            Map.entry("bn", "Bengali"),
            Map.entry("de", "German"),
            Map.entry("es", "Spanish"),
            Map.entry("fi", "Finnish"),
            Map.entry("fr", "French"),
            Map.entry("hi", "Hindi"),
            Map.entry("it", "Italian"),
            Map.entry("ko", "Korean"),
            Map.entry("pl", "Polish"),
            Map.entry("pt", "Portuguese"),
            Map.entry("ru", "Russian"),
            Map.entry("sw", "Swahili"),
            Map.entry("th", "Thai"),
            Map.entry("vi", "Vietnamese"));
    private static final List<String> NUMERALS = List.of(
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    private final RandomGenerator random;

    ConstraintWording(RandomGenerator random) {
        this.random = random;
    }

    Constraint of(IfEvalInstruction instruction) {
        return switch (instruction) {
            case CAPITAL_WORD_FREQUENCY -> capitalWords();
            case ENGLISH_CAPITAL ->
                plain(instruction, "Write the whole response in English and in capital letters only.", "capital");
            case ENGLISH_LOWERCASE ->
                plain(instruction, "Write the whole response in English and in lowercase letters only.", "lowercase");
            case REPEAT_PROMPT ->
                plain(instruction, "First repeat this whole request word for word, then answer it.", "repeat");
            case TWO_RESPONSES ->
                plain(
                        instruction,
                        "Give two different responses, with a line of six asterisks (******) between them.",
                        "******");
            case NUMBER_PLACEHOLDERS -> placeholders();
            case POSTSCRIPT -> postscript();
            case CONSTRAINED_RESPONSE ->
                plain(
                        instruction,
                        "Answer with exactly one of these: 'My answer is yes.', 'My answer is no.', 'My answer is maybe.'",
                        "My answer is yes.",
                        "My answer is no.",
                        "My answer is maybe.");
            case JSON_FORMAT -> plain(instruction, "Give the whole response as valid JSON.", "JSON");
            case MULTIPLE_SECTIONS -> sections();
            case NUMBER_BULLET_LISTS ->
                counted(
                        instruction,
                        "num_bullets",
                        2,
                        6,
                        "Use exactly %s bullet points, in lines such as '* A point'.");
            case NUMBER_HIGHLIGHTED_SECTIONS ->
                counted(
                        instruction,
                        "num_highlights",
                        2,
                        5,
                        "Highlight at least %s parts of the text with asterisks, as in *a highlighted part*.");
            case TITLE ->
                plain(instruction, "Give the response a title in double angular brackets, as in <<a title>>.", "<<");
            case EXISTENCE -> existence();
            case FORBIDDEN_WORDS -> forbidden();
            case FREQUENCY -> frequency();
            case LETTER_FREQUENCY -> letters();
            case RESPONSE_LANGUAGE -> language();
            case NTH_PARAGRAPH_FIRST_WORD -> paragraphStart();
            case NUMBER_PARAGRAPHS ->
                counted(
                        instruction,
                        "num_paragraphs",
                        2,
                        6,
                        "Write exactly %s paragraphs, with the divider *** between each two of them.");
            case NUMBER_SENTENCES -> length(instruction, "num_sentences", 3, 12, 1, "sentences");
            case NUMBER_WORDS -> length(instruction, "num_words", 40, 300, 10, "words");
            case NO_COMMA -> plain(instruction, "Use no commas at all.", "comma");
            case END_CHECKER -> ending();
            case QUOTATION ->
                plain(instruction, "Put the whole response between double quotation marks.", "quotation marks");
        };
    }

    private Constraint capitalWords() {
        String relation = relation();
        int count = number(2, 10);
        ObjectNode arguments = arguments().put("capital_relation", relation).put("capital_frequency", count);
        String sentence = "Use %s %s words in capital letters only.".formatted(relation, numeral(count));
        return constraint(IfEvalInstruction.CAPITAL_WORD_FREQUENCY, arguments, sentence, spellings(count));
    }

    private Constraint placeholders() {
        int count = number(2, 6);
        return constraint(
                IfEvalInstruction.NUMBER_PLACEHOLDERS,
                arguments().put("num_placeholders", count),
                "Leave at least %s placeholders in square brackets, such as [name].".formatted(numeral(count)),
                spellings(count));
    }

    private Constraint postscript() {
        String marker = pick(List.of("P.S.", "P.P.S"));
        return constraint(
                IfEvalInstruction.POSTSCRIPT,
                arguments().put("postscript_marker", marker),
                "End with a postscript that starts with %s".formatted(marker),
                List.of(marker));
    }

    private Constraint sections() {
        String splitter = pick(SPLITTERS);
        int count = number(2, 5);
        return constraint(
                IfEvalInstruction.MULTIPLE_SECTIONS,
                arguments().put("section_spliter", splitter).put("num_sections", count),
                "Divide the response into %s sections, and begin each with '%s' and its number, as in '%s 1'."
                        .formatted(numeral(count), splitter, splitter),
                List.of(splitter),
                spellings(count));
    }

    private Constraint existence() {
        List<String> words = some(WANTED, number(1, 3));
        return constraint(
                IfEvalInstruction.EXISTENCE,
                arguments().set("keywords", Json.mapper().valueToTree(words)),
                "Use %s.".formatted(words(words)),
                words.stream().map(List::of).toList());
    }

    private Constraint forbidden() {
        List<String> words = some(FORBIDDEN, number(1, 3));
        return constraint(
                IfEvalInstruction.FORBIDDEN_WORDS,
                arguments().set("forbidden_words", Json.mapper().valueToTree(words)),
                "Do not use %s.".formatted(words(words)),
                words.stream().map(List::of).toList());
    }

    private Constraint frequency() {
        String word = pick(REPEATED);
        String relation = relation();
        int count = number(2, 5);
        return constraint(
                IfEvalInstruction.FREQUENCY,
                arguments().put("relation", relation).put("keyword", word).put("frequency", count),
                "Use the word '%s' %s %s times.".formatted(word, relation, numeral(count)),
                List.of(word),
                spellings(count));
    }

    private Constraint letters() {
        String letter = String.valueOf((char) ('a' + random.nextInt(26)));
        String relation = relation();
        int count = number(3, 12);
        return constraint(
                IfEvalInstruction.LETTER_FREQUENCY,
                arguments().put("letter", letter).put("let_relation", relation).put("let_frequency", count),
                "Use the letter '%s' %s %s times.".formatted(letter, relation, numeral(count)),
                spellings(count));
    }

    private Constraint language() {
        String code = pick(LANGUAGES.keySet().stream().sorted().toList());
        String language = LANGUAGES.getOrDefault(code, code);
        return constraint(
                IfEvalInstruction.RESPONSE_LANGUAGE,
                arguments().put("language", code),
                "Write the whole response in %s, and in no other language.".formatted(language),
                List.of(language));
    }

    private Constraint paragraphStart() {
        int paragraphs = number(2, 5);
        int nth = number(1, paragraphs);
        String word = pick(FIRST_WORDS);
        return constraint(
                IfEvalInstruction.NTH_PARAGRAPH_FIRST_WORD,
                arguments()
                        .put("num_paragraphs", paragraphs)
                        .put("nth_paragraph", nth)
                        .put("first_word", word),
                "Write exactly %s paragraphs, with an empty line between each two; paragraph %d must start with the word '%s'."
                        .formatted(numeral(paragraphs), nth, word),
                spellings(paragraphs),
                List.of(word));
    }

    private Constraint length(IfEvalInstruction instruction, String key, int least, int most, int step, String noun) {
        String relation = relation();
        int count = number(least / step, most / step) * step;
        return constraint(
                instruction,
                arguments().put("relation", relation).put(key, count),
                "Write %s %s %s.".formatted(relation.equals(LESS_THAN) ? "fewer than" : relation, numeral(count), noun),
                spellings(count));
    }

    private Constraint ending() {
        String phrase = pick(LAST_PHRASES);
        return constraint(
                IfEvalInstruction.END_CHECKER,
                arguments().put("end_phrase", phrase),
                "End with exactly these words, and nothing behind them: %s".formatted(phrase),
                List.of(phrase));
    }

    private Constraint counted(IfEvalInstruction instruction, String key, int least, int most, String sentence) {
        int count = number(least, most);
        return constraint(
                instruction, arguments().put(key, count), sentence.formatted(numeral(count)), spellings(count));
    }

    private static Constraint plain(IfEvalInstruction instruction, String sentence, String... traces) {
        return constraint(
                instruction,
                arguments(),
                sentence,
                List.of(traces).stream().map(List::of).toList());
    }

    @SafeVarargs
    private static Constraint constraint(
            IfEvalInstruction instruction, Object arguments, String sentence, List<String>... traces) {
        return constraint(instruction, arguments, sentence, List.of(traces));
    }

    private static Constraint constraint(
            IfEvalInstruction instruction, Object arguments, String sentence, List<List<String>> traces) {
        return new Constraint(instruction.id(), (ObjectNode) arguments, sentence, traces);
    }

    private static ObjectNode arguments() {
        return Json.mapper().createObjectNode();
    }

    private String relation() {
        return random.nextBoolean() ? AT_LEAST : LESS_THAN;
    }

    private int number(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private List<String> some(List<String> words, int count) {
        var left = new ArrayList<>(words);
        var some = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            some.add(left.remove(random.nextInt(left.size())));
        }
        return some;
    }

    private static String words(List<String> words) {
        String listed =
                String.join(", ", words.stream().map(word -> "'" + word + "'").toList());
        return (words.size() == 1 ? "the word " : "the words ") + listed;
    }

    private static String numeral(int count) {
        return count < NUMERALS.size() ? NUMERALS.get(count) : String.valueOf(count);
    }

    private static List<String> spellings(int count) {
        return count < NUMERALS.size()
                ? List.of(NUMERALS.get(count), String.valueOf(count))
                : List.of(String.valueOf(count));
    }
}

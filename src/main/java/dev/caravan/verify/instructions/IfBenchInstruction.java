package dev.caravan.verify.instructions;

import java.util.function.Function;

/// The instructions of [IFBench](https://arxiv.org/abs/2507.02833), all 58 by the names that its data uses.
enum IfBenchInstruction implements KnownInstruction {
    CONJUNCTIONS("count:conjunctions", CountInstruction.Conjunctions::of),
    KEYWORDS_MULTIPLE("count:keywords_multiple", CountInstruction.Keywords::of),
    NUMBERS("count:numbers", CountInstruction.Numbers::of),
    PERSON_NAMES("count:person_names", CountInstruction.PersonNames::of),
    PRONOUNS("count:pronouns", CountInstruction.Pronouns::of),
    PUNCTUATION("count:punctuation", _ -> new CountInstruction.AllPunctuation()),
    UNIQUE_WORD_COUNT("count:unique_word_count", CountInstruction.UniqueWords::of),
    WORD_COUNT_RANGE("count:word_count_range", CountInstruction.WordRange::of),
    WORDS_JAPANESE("count:words_japanese", CountInstruction.JapaneseWords::of),
    CHARACTER_REVERSE("custom:character_reverse", _ -> new SingleTask.CharacterReverse()),
    CSV_CITY("custom:csv_city", _ -> new TableInstruction.Cities()),
    CSV_QUOTES("custom:csv_quotes", _ -> new TableInstruction.Quoted()),
    CSV_SPECIAL_CHARACTER("custom:csv_special_character", _ -> new TableInstruction.SpecialCharacter()),
    DATE_FORMAT_LIST("custom:date_format_list", _ -> new SingleTask.DateList()),
    EUROPEAN_CAPITALS_SORT("custom:european_capitals_sort", _ -> new SingleTask.EuropeanCapitals()),
    MCQ_COUNT_LENGTH("custom:mcq_count_length", _ -> new Quiz()),
    MULTIPLES("custom:multiples", _ -> new SingleTask.Multiples()),
    REVERSE_NEWLINE("custom:reverse_newline", _ -> new SingleTask.ReverseCountries()),
    SENTENCE_ALPHABET("custom:sentence_alphabet", _ -> new SingleTask.SentenceAlphabet()),
    WORD_REVERSE("custom:word_reverse", _ -> new SingleTask.WordReverse()),
    EMOJI("format:emoji", _ -> new LayoutInstruction.EmojiEndings()),
    LINE_INDENT("format:line_indent", _ -> new LayoutInstruction.Stairs()),
    LIST("format:list", LayoutInstruction.Separator::of),
    NEWLINE("format:newline", _ -> new LayoutInstruction.WordALine()),
    NO_BULLETS_BULLETS("format:no_bullets_bullets", _ -> new LayoutInstruction.SentencesThenBullets()),
    NO_WHITESPACE("format:no_whitespace", _ -> new LayoutInstruction.NoWhiteSpace()),
    OPTIONS("format:options", LayoutInstruction.Options::of),
    OUTPUT_TEMPLATE("format:output_template", _ -> new LayoutInstruction.Template()),
    PARENTHESES("format:parentheses", _ -> new NestingInstruction.Parentheses()),
    QUOTE_UNQUOTE("format:quote_unquote", _ -> new NestingInstruction.ExplainedQuotes()),
    QUOTES("format:quotes", _ -> new NestingInstruction.Quotes()),
    SUB_BULLETS("format:sub-bullets", _ -> new LayoutInstruction.SubBullets()),
    THESIS("format:thesis", _ -> new LayoutInstruction.Thesis()),
    TITLE_CASE("format:title_case", _ -> new LayoutInstruction.TitleCase()),
    OVERLAP("ratio:overlap", SentenceInstruction.Overlap::of),
    SENTENCE_BALANCE("ratio:sentence_balance", _ -> new SentenceInstruction.Balance()),
    SENTENCE_TYPE("ratio:sentence_type", _ -> new SentenceInstruction.TwoStatementsAQuestion()),
    SENTENCE_WORDS("ratio:sentence_words", _ -> new SentenceInstruction.EqualLengths()),
    STOP_WORDS("ratio:stop_words", SentenceInstruction.StopWords::of),
    REPEAT_CHANGE("repeat:repeat_change", RepetitionInstruction.Changed::of),
    REPEAT_SIMPLE("repeat:repeat_simple", _ -> new RepetitionInstruction.FixedSentence()),
    REPEAT_SPAN("repeat:repeat_span", RepetitionInstruction.Span::of),
    ALLITERATION_INCREMENT("sentence:alliteration_increment", _ -> new SentenceInstruction.AlliterationIncrement()),
    INCREMENT("sentence:increment", SentenceInstruction.Increment::of),
    KEYWORD("sentence:keyword", SentenceInstruction.KeywordInSentence::of),
    ALPHABET("words:alphabet", _ -> new WordInstruction.Alphabet()),
    CONSONANTS("words:consonants", _ -> new WordInstruction.ConsonantClusters()),
    KEYWORDS_SPECIFIC_POSITION("words:keywords_specific_position", SentenceInstruction.KeywordAtPosition::of),
    LAST_FIRST("words:last_first", _ -> new WordInstruction.LastFirst()),
    NO_CONSECUTIVE("words:no_consecutive", _ -> new WordInstruction.NoConsecutive()),
    ODD_EVEN_SYLLABLES("words:odd_even_syllables", _ -> new WordInstruction.OddEvenSyllables()),
    PALINDROME("words:palindrome", _ -> new WordInstruction.Palindromes()),
    PARAGRAPH_LAST_FIRST("words:paragraph_last_first", _ -> new WordInstruction.ParagraphLastFirst()),
    PRIME_LENGTHS("words:prime_lengths", _ -> new WordInstruction.PrimeLengths()),
    REPEATS("words:repeats", WordInstruction.Repeats::of),
    START_VERB("words:start_verb", _ -> new WordInstruction.StartingVerb()),
    VOWEL("words:vowel", _ -> new WordInstruction.ThreeVowels()),
    WORDS_POSITION("words:words_position", WordInstruction.SecondAndLastButOne::of);

    private final String id;
    private final Function<Arguments, Instruction> making;

    IfBenchInstruction(String id, Function<Arguments, Instruction> making) {
        this.id = id;
        this.making = making;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Instruction with(Arguments given) {
        return making.apply(given);
    }
}

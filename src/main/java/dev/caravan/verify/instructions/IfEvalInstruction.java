package dev.caravan.verify.instructions;

import java.util.function.Function;

/// The 25 instructions of [IFEval](https://arxiv.org/abs/2311.07911), by the names that its data uses.
enum IfEvalInstruction implements KnownInstruction {
    CAPITAL_WORD_FREQUENCY("change_case:capital_word_frequency", LetterInstruction.CapitalWords::of),
    ENGLISH_CAPITAL("change_case:english_capital", _ -> new LetterInstruction.EnglishCapitals()),
    ENGLISH_LOWERCASE("change_case:english_lowercase", _ -> new LetterInstruction.EnglishSmall()),
    REPEAT_PROMPT("combination:repeat_prompt", ContentInstruction.RepeatPrompt::of),
    TWO_RESPONSES("combination:two_responses", _ -> new ContentInstruction.TwoResponses()),
    NUMBER_PLACEHOLDERS("detectable_content:number_placeholders", FormatInstruction.Placeholders::of),
    POSTSCRIPT("detectable_content:postscript", ContentInstruction.Postscript::of),
    CONSTRAINED_RESPONSE("detectable_format:constrained_response", _ -> new FormatInstruction.ConstrainedResponse()),
    JSON_FORMAT("detectable_format:json_format", _ -> new FormatInstruction.JsonFormat()),
    MULTIPLE_SECTIONS("detectable_format:multiple_sections", FormatInstruction.Sections::of),
    NUMBER_BULLET_LISTS("detectable_format:number_bullet_lists", FormatInstruction.Bullets::of),
    NUMBER_HIGHLIGHTED_SECTIONS("detectable_format:number_highlighted_sections", FormatInstruction.Highlights::of),
    TITLE("detectable_format:title", _ -> new FormatInstruction.Title()),
    EXISTENCE("keywords:existence", KeywordInstruction.Existence::of),
    FORBIDDEN_WORDS("keywords:forbidden_words", KeywordInstruction.Forbidden::of),
    FREQUENCY("keywords:frequency", KeywordInstruction.Frequency::of),
    LETTER_FREQUENCY("keywords:letter_frequency", KeywordInstruction.LetterFrequency::of),
    RESPONSE_LANGUAGE("language:response_language", LetterInstruction.ResponseLanguage::of),
    NTH_PARAGRAPH_FIRST_WORD("length_constraints:nth_paragraph_first_word", LengthInstruction.ParagraphStart::of),
    NUMBER_PARAGRAPHS("length_constraints:number_paragraphs", LengthInstruction.Paragraphs::of),
    NUMBER_SENTENCES("length_constraints:number_sentences", LengthInstruction.Sentences::of),
    NUMBER_WORDS("length_constraints:number_words", LengthInstruction.Words::of),
    NO_COMMA("punctuation:no_comma", _ -> new LetterInstruction.NoComma()),
    END_CHECKER("startend:end_checker", ContentInstruction.End::of),
    QUOTATION("startend:quotation", _ -> new ContentInstruction.Quotation());

    private final String id;
    private final Function<Arguments, Instruction> making;

    IfEvalInstruction(String id, Function<Arguments, Instruction> making) {
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

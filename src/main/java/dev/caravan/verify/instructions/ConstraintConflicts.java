package dev.caravan.verify.instructions;

import static dev.caravan.verify.instructions.IfEvalInstruction.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which instructions one response can hardly follow together.
final class ConstraintConflicts {
    /// Of each set a prompt has one at most.
    private static final List<Set<IfEvalInstruction>> ALTERNATIVES = List.of(
            // the form of the whole
            EnumSet.of(CONSTRAINED_RESPONSE, JSON_FORMAT, TWO_RESPONSES, REPEAT_PROMPT, QUOTATION, END_CHECKER),
            // the case and the language of all letters
            EnumSet.of(
                    ENGLISH_CAPITAL,
                    ENGLISH_LOWERCASE,
                    CAPITAL_WORD_FREQUENCY,
                    RESPONSE_LANGUAGE,
                    CONSTRAINED_RESPONSE,
                    MULTIPLE_SECTIONS),
            // the parts of the whole
            EnumSet.of(
                    NTH_PARAGRAPH_FIRST_WORD,
                    NUMBER_PARAGRAPHS,
                    MULTIPLE_SECTIONS,
                    TWO_RESPONSES,
                    JSON_FORMAT,
                    CONSTRAINED_RESPONSE),
            EnumSet.of(NUMBER_SENTENCES, NUMBER_WORDS, CONSTRAINED_RESPONSE, JSON_FORMAT),
            EnumSet.of(POSTSCRIPT, END_CHECKER));

    /// Answers that leave no room for marks, and the marks.
    private static final Set<IfEvalInstruction> BARE = EnumSet.of(JSON_FORMAT, CONSTRAINED_RESPONSE);

    private static final Set<IfEvalInstruction> MARKS = EnumSet.of(
            TITLE,
            NUMBER_BULLET_LISTS,
            NUMBER_HIGHLIGHTED_SECTIONS,
            NUMBER_PLACEHOLDERS,
            POSTSCRIPT,
            NO_COMMA,
            NUMBER_SENTENCES,
            REPEAT_PROMPT);

    /// What is asked for in English words.
    private static final Set<IfEvalInstruction> ENGLISH = EnumSet.of(
            EXISTENCE, FREQUENCY, LETTER_FREQUENCY, NTH_PARAGRAPH_FIRST_WORD, END_CHECKER, POSTSCRIPT, REPEAT_PROMPT);

    private ConstraintConflicts() {}

    static boolean exclude(IfEvalInstruction one, IfEvalInstruction other) {
        return one == other
                || ALTERNATIVES.stream().anyMatch(set -> set.contains(one) && set.contains(other))
                || BARE.contains(one) && MARKS.contains(other)
                || BARE.contains(other) && MARKS.contains(one)
                || one == RESPONSE_LANGUAGE && ENGLISH.contains(other)
                || other == RESPONSE_LANGUAGE && ENGLISH.contains(one)
                || one == NO_COMMA && other == REPEAT_PROMPT
                || one == REPEAT_PROMPT && other == NO_COMMA;
    }
}

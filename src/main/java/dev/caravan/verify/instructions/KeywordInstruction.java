package dev.caravan.verify.instructions;

import java.util.List;

/// What must be in a response, must not be, or must be so often.
sealed interface KeywordInstruction extends Instruction {
    /// Every keyword occurs, in any case and inside longer words too.
    record Existence(List<Keyword> keywords) implements KeywordInstruction {
        static Existence of(Arguments given) {
            return new Existence(
                    given.texts("keywords").stream().map(Keyword::new).toList());
        }

        @Override
        public boolean isFollowedBy(String response) {
            return keywords.stream().allMatch(keyword -> keyword.occursIn(response));
        }
    }

    /// A keyword occurs so often, inside longer words too.
    record Frequency(Keyword keyword, Relation relation, int frequency) implements KeywordInstruction {
        static Frequency of(Arguments given) {
            return new Frequency(
                    new Keyword(PythonText.strip(given.text("keyword"))),
                    Relation.of(given, "relation"),
                    given.count("frequency"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return relation.holds(keyword.occurrences(response), frequency);
        }
    }

    /// None of the words occurs as a word.
    record Forbidden(List<Keyword> words) implements KeywordInstruction {
        static Forbidden of(Arguments given) {
            return new Forbidden(
                    given.texts("forbidden_words").stream().map(Keyword::new).toList());
        }

        @Override
        public boolean isFollowedBy(String response) {
            return words.stream().noneMatch(word -> word.occursAsWordIn(response));
        }
    }

    /// A letter occurs so often, in either case.
    record LetterFrequency(String letter, Relation relation, int frequency) implements KeywordInstruction {
        static LetterFrequency of(Arguments given) {
            String letter = PythonText.strip(given.text("letter"));
            if (letter.codePointCount(0, letter.length()) != 1) {
                throw given.unusable("letter", "a single character", "'" + letter + "'");
            }
            return new LetterFrequency(
                    PythonText.lower(letter), Relation.of(given, "let_relation"), given.count("let_frequency"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return relation.holds(Spans.occurrences(PythonText.lower(response), letter), frequency);
        }
    }
}

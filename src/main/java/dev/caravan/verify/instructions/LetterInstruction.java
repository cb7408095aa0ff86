package dev.caravan.verify.instructions;

import dev.caravan.text.language.LanguageDetector;

/// The letters of a response: their case, their language, and no comma among them.
sealed interface LetterInstruction extends Instruction {
    /// The whole is in a language. A text without a word of any counts as followed, as in the reference.
    record ResponseLanguage(String language) implements LetterInstruction {
        static ResponseLanguage of(Arguments given) {
            return new ResponseLanguage(given.text("language"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return LanguageDetector.instance()
                    .detect(response)
                    .map(language::equals)
                    .orElse(true);
        }
    }

    /// The whole is English in capital letters.
    record EnglishCapitals() implements LetterInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.isUpper(response) && new ResponseLanguage("en").isFollowedBy(response);
        }
    }

    /// The whole is English in small letters.
    record EnglishSmall() implements LetterInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.isLower(response) && new ResponseLanguage("en").isFollowedBy(response);
        }
    }

    /// So many words are in capital letters alone; words are those of [TreebankWords].
    record CapitalWords(Relation relation, int words) implements LetterInstruction {
        static CapitalWords of(Arguments given) {
            return new CapitalWords(Relation.of(given, "capital_relation"), given.count("capital_frequency"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return relation.holds(
                    TreebankWords.of(response).stream()
                            .filter(PythonText::isUpper)
                            .count(),
                    words);
        }
    }

    /// There is no comma.
    record NoComma() implements LetterInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return response.indexOf(',') < 0;
        }
    }
}

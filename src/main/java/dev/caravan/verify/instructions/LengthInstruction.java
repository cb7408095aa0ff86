package dev.caravan.verify.instructions;

import java.util.List;

/// How many words, sentences or paragraphs a response has.
sealed interface LengthInstruction extends Instruction {
    /// Words are the longest runs of word characters.
    record Words(Relation relation, int words) implements LengthInstruction {
        static Words of(Arguments given) {
            return new Words(Relation.of(given, "relation"), given.count("num_words"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return relation.holds(PythonText.words(response).size(), words);
        }
    }

    /// Sentences are those of [Punkt].
    record Sentences(Relation relation, int sentences) implements LengthInstruction {
        static Sentences of(Arguments given) {
            return new Sentences(Relation.of(given, "relation"), given.count("num_sentences"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return relation.holds(Punkt.english().sentences(response).size(), sentences);
        }
    }

    /// Paragraphs lie between dividers of three asterisks; only the first and the last may be empty, and do not count.
    record Paragraphs(int paragraphs) implements LengthInstruction {
        static Paragraphs of(Arguments given) {
            return new Paragraphs(given.count("num_paragraphs"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            List<String> pieces = PythonText.split(response, "***");
            int last = pieces.size() - 1;
            boolean emptyInside = last > 0 && pieces.subList(1, last).stream().anyMatch(PythonText::isBlank);
            long written =
                    pieces.stream().filter(piece -> !PythonText.isBlank(piece)).count();
            return !emptyInside && written == paragraphs;
        }
    }

    /// So many paragraphs with an empty line between each two, and the n-th begins with a word. A paragraph of white
    /// space alone does not count, but the n-th is found among all.
    record ParagraphStart(int paragraphs, int nth, String word) implements LengthInstruction {
        private static final String QUOTES_AND_STOPS = ".,?!'\"";

        static ParagraphStart of(Arguments given) {
            int paragraphs = given.count("num_paragraphs");
            int nth = given.count("nth_paragraph");
            if (nth < 1 || nth > paragraphs) {
                throw given.unusable("nth_paragraph", "from 1 to " + paragraphs, nth);
            }
            return new ParagraphStart(paragraphs, nth, PythonText.lower(given.text("first_word")));
        }

        @Override
        public boolean isFollowedBy(String response) {
            List<String> pieces = PythonText.split(response, "\n\n");
            long written =
                    pieces.stream().filter(piece -> !PythonText.isBlank(piece)).count();
            return written == paragraphs
                    && !PythonText.isBlank(pieces.get(nth - 1))
                    && word.equals(firstWord(pieces.get(nth - 1)));
        }

        private static String firstWord(String paragraph) {
            String first = PythonText.split(paragraph).getFirst();
            String bare = PythonText.stripStart(PythonText.stripStart(first, '\''), '"');
            return PythonText.lower(bare.substring(0, PythonText.endOf(bare, 0, c -> QUOTES_AND_STOPS.indexOf(c) < 0)));
        }
    }
}

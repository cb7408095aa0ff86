package dev.caravan.verify.instructions;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// IFBench's instructions about sentences, those of [Punkt], and about shares of words.
sealed interface SentenceInstruction extends Instruction {
    private static List<String> sentences(String response) {
        return Punkt.english().sentences(response);
    }

    private static long endingIn(String mark, List<String> sentences) {
        return sentences.stream().filter(sentence -> sentence.endsWith(mark)).count();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// Each sentence has more words than the one before that begin like a neighbour.
    record AlliterationIncrement() implements SentenceInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            int before = -1;
            for (String sentence : sentences(response)) {
                int alliteration = alliteration(sentence);
                if (alliteration <= before) {
                    return false;
                }
                before = alliteration;
            }
            return true;
        }

        /// A run of words with one first letter counts as many as it has words, a lone word nothing.
        private static int alliteration(String sentence) {
            int[] firsts = PythonText.split(PythonText.lower(sentence)).stream()
                    .map(Punctuation::strippedStart)
                    .filter(word -> !word.isEmpty())
                    .mapToInt(word -> word.codePointAt(0))
                    .toArray();
            return (int) IntStream.range(0, firsts.length)
                    .filter(i ->
                            i > 0 && firsts[i - 1] == firsts[i] || i + 1 < firsts.length && firsts[i] == firsts[i + 1])
                    .count();
        }
    }

    /// Each sentence has so many words more than the one before.
    record Increment(int step) implements SentenceInstruction {
        static Increment of(Arguments given) {
            return new Increment(given.count("small_n"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            List<Integer> words = sentences(response).stream()
                    .map(sentence -> Punctuation.bareWords(sentence).size())
                    .toList();
            return IntStream.range(1, words.size()).allMatch(i -> words.get(i) == words.get(i - 1) + step);
        }
    }

    /// A keyword is in the n-th sentence.
    record KeywordInSentence(Keyword keyword, int nth) implements SentenceInstruction {
        static KeywordInSentence of(Arguments given) {
            return new KeywordInSentence(new Keyword(given.text("word")), given.ordinal("N"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            List<String> sentences = sentences(response);
            return sentences.size() >= nth && keyword.occursAsWordIn(sentences.get(nth - 1));
        }
    }

    /// The m-th word of the n-th sentence is a keyword; words are tokens of [TreebankWords] with a letter or digit.
    record KeywordAtPosition(String keyword, int sentence, int word) implements SentenceInstruction {
        static KeywordAtPosition of(Arguments given) {
            return new KeywordAtPosition(
                    PythonText.lower(PythonText.strip(given.text("keyword"))), given.ordinal("n"), given.ordinal("m"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            List<String> sentences = sentences(response);
            if (sentences.size() < sentence) {
                return false;
            }
            List<String> words = TreebankWords.withLetters(sentences.get(sentence - 1));
            return words.size() >= word && PythonText.lower(words.get(word - 1)).equals(keyword);
        }
    }

    /// As many statements as questions and exclamations, each by its last mark.
    record Balance() implements SentenceInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            List<String> sentences = sentences(response);
            long questions = endingIn("?", sentences);
            return endingIn(".", sentences) == questions && endingIn("!", sentences) == questions;
        }
    }

    /// Twice as many statements as questions.
    record TwoStatementsAQuestion() implements SentenceInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            List<String> sentences = sentences(response);
            return endingIn(".", sentences) == 2 * endingIn("?", sentences);
        }
    }

    /// Three sentences of one length, no word twice.
    record EqualLengths() implements SentenceInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            List<String> sentences = sentences(response);
            List<String> words = Punctuation.bareWords(String.join(" ", sentences));
            return sentences.size() == 3
                    && sentences.stream()
                                    .map(sentence -> length(PythonText.strip(sentence)))
                                    .distinct()
                                    .count()
                            == 1
                    && words.size() == new HashSet<>(words).size();
        }
    }

    /// The share of the response's trigrams that a reference has too lies within two points of a percentage.
    record Overlap(Set<List<String>> reference, int percentage) implements SentenceInstruction {
        static Overlap of(Arguments given) {
            return new Overlap(trigrams(given.text("reference_text")), given.count("percentage"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            Set<List<String>> trigrams = trigrams(response);
            long shared = trigrams.stream().filter(reference::contains).count();
            double share = (double) shared / trigrams.size() * 100;
            return !trigrams.isEmpty() && percentage - 2 <= share && share <= percentage + 2;
        }

        private static Set<List<String>> trigrams(String text) {
            List<String> words = TreebankWords.of(text);
            return IntStream.rangeClosed(0, words.size() - 3)
                    .mapToObj(i -> words.subList(i, i + 3))
                    .collect(Collectors.toSet());
        }
    }

    /// At most a percentage of the words are stop words.
    record StopWords(int percentage) implements SentenceInstruction {
        /// NLTK's English stop words as far as they are single runs of word characters.
        private static final Set<String> STOP_WORDS =
                Set.of(("i me my myself we our ours ourselves you your yours yourself"
                                + " yourselves he him his himself she her hers herself it its itself they them their theirs"
                                + " themselves what which who whom this that these those am is are was were be been being have"
                                + " has had having do does did doing a an the and but if or because as until while of at by for"
                                + " with about against between into through during before after above below to from up down in"
                                + " out on off over under again further then once here there when where why how all any both"
                                + " each few more most other some such no nor not only own same so than too very s t can will"
                                + " just don should now d ll m o re ve y ain aren couldn didn doesn hadn hasn haven isn ma"
                                + " mightn mustn needn shan shouldn wasn weren won wouldn")
                        .split(" "));

        static StopWords of(Arguments given) {
            return new StopWords(given.count("percentage"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            List<String> words = PythonText.words(response);
            long stops = words.stream()
                    .filter(word -> STOP_WORDS.contains(PythonText.lower(word)))
                    .count();
            return !words.isEmpty() && (double) stops / words.size() * 100 <= percentage;
        }
    }
}

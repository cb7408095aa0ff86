package dev.caravan.verify.instructions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// IFBench's instructions about every word of a response.
sealed interface WordInstruction extends Instruction {
    /// Each word begins with the letter after that of the word before, `a` after `z`.
    record Alphabet() implements WordInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            int[] firsts = Punctuation.bareWords(response).stream()
                    .mapToInt(word -> word.codePointAt(0))
                    .toArray();
            return firsts.length > 0
                    && firsts[0] >= 'a'
                    && firsts[0] <= 'z'
                    && IntStream.range(1, firsts.length)
                            .allMatch(i -> firsts[i] == (firsts[i - 1] == 'z' ? 'a' : firsts[i - 1] + 1));
        }
    }

    /// Each word has two consonants in a row.
    record ConsonantClusters() implements WordInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.split(PythonText.lower(response)).stream()
                    .allMatch(word -> IntStream.range(1, word.length())
                            .anyMatch(i -> isConsonant(word.charAt(i - 1)) && isConsonant(word.charAt(i))));
        }

        private static boolean isConsonant(char c) {
            return c >= 'a' && c <= 'z' && "aeiou".indexOf(c) < 0;
        }
    }

    /// The first word is a verb in any form, as [FirstWordTagger] has it; `can` and its like are none.
    record StartingVerb() implements WordInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            List<String> words = TreebankWords.of(response);
            return !words.isEmpty() && FirstWordTagger.english().tag(words).startsWith("VB");
        }
    }

    /// The last word of each sentence is the first of the next.
    record LastFirst() implements WordInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            List<String> sentences = Punkt.english().sentences(response);
            return IntStream.range(1, sentences.size()).allMatch(i -> {
                List<String> before = PythonText.split(PythonText.lower(Punctuation.strippedEnd(sentences.get(i - 1))));
                List<String> after = PythonText.split(PythonText.lower(Punctuation.strippedStart(sentences.get(i))));
                return !before.isEmpty() && !after.isEmpty() && before.getLast().equals(after.getFirst());
            });
        }
    }

    /// Each line ends with the word that it began with.
    record ParagraphLastFirst() implements WordInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.split(response, "\n").stream()
                    .map(line -> Punctuation.stripped(PythonText.lower(PythonText.strip(line))))
                    .map(PythonText::split)
                    .allMatch(words -> words.isEmpty() || words.getFirst().equals(words.getLast()));
        }
    }

    /// No two words in a row begin with one letter.
    record NoConsecutive() implements WordInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            List<String> words = Punctuation.bareWords(response);
            return IntStream.range(1, words.size())
                    .noneMatch(
                            i -> words.get(i - 1).codePointAt(0) == words.get(i).codePointAt(0));
        }
    }

    /// Words of odd and of even numbers of syllables take turns.
    record OddEvenSyllables() implements WordInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            List<Integer> parities = Punctuation.bareWords(response).stream()
                    .map(word -> Syllables.english().count(word) % 2)
                    .toList();
            return IntStream.range(1, parities.size())
                    .noneMatch(i -> parities.get(i - 1).equals(parities.get(i)));
        }
    }

    /// Ten words of at least five letters that read the same backwards.
    record Palindromes() implements WordInstruction {
        private static final int LEAST = 10;
        private static final int SHORTEST = 5;

        @Override
        public boolean isFollowedBy(String response) {
            return Punctuation.bareWords(response).stream()
                            .filter(word -> word.codePointCount(0, word.length()) >= SHORTEST)
                            .filter(word ->
                                    new StringBuilder(word).reverse().toString().equals(word))
                            .count()
                    >= LEAST;
        }
    }

    /// The length of each word is a prime.
    record PrimeLengths() implements WordInstruction {
        private static final Set<Integer> PRIMES =
                Set.of(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97);

        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.split(Punctuation.removed(response)).stream()
                    .allMatch(word -> PRIMES.contains(word.codePointCount(0, word.length())));
        }
    }

    /// No word more often than allowed.
    record Repeats(int most) implements WordInstruction {
        static Repeats of(Arguments given) {
            return new Repeats(given.count("small_n"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            Map<String, Integer> counts = new HashMap<>();
            Punctuation.bareWords(response).forEach(word -> counts.merge(word, 1, Integer::sum));
            return counts.values().stream().allMatch(count -> count <= most);
        }
    }

    /// One line with at most three of the five vowels.
    record ThreeVowels() implements WordInstruction {
        private static final int MOST = 3;

        @Override
        public boolean isFollowedBy(String response) {
            String line = PythonText.lower(PythonText.strip(response));
            return line.indexOf('\n') < 0
                    && "aeiou".chars().filter(vowel -> line.indexOf(vowel) >= 0).count() <= MOST;
        }
    }

    /// The second word and the last but one are a keyword; words are tokens of [TreebankWords] with a letter or digit.
    record SecondAndLastButOne(String keyword) implements WordInstruction {
        static SecondAndLastButOne of(Arguments given) {
            return new SecondAndLastButOne(PythonText.lower(PythonText.strip(given.text("keyword"))));
        }

        @Override
        public boolean isFollowedBy(String response) {
            List<String> words = TreebankWords.withLetters(response);
            return words.size() >= 2
                    && PythonText.lower(words.get(1)).equals(keyword)
                    && PythonText.lower(words.get(words.size() - 2)).equals(keyword);
        }
    }
}

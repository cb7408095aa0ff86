package dev.caravan.verify.instructions;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// IFBench's instructions that ask for a number of words or marks.
sealed interface CountInstruction extends Instruction {
    /// So many different coordinating conjunctions; a conjunction counts again in another case or with a mark.
    record Conjunctions(int least) implements CountInstruction {
        private static final Set<String> CONJUNCTIONS = Set.of("and", "but", "for", "nor", "or", "so", "yet");

        static Conjunctions of(Arguments given) {
            return new Conjunctions(given.count("small_n"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.split(response).stream()
                            .filter(word -> CONJUNCTIONS.contains(PythonText.lower(Punctuation.stripped(word))))
                            .distinct()
                            .count()
                    >= least;
        }
    }

    /// Five keywords once, twice, three, five and seven times.
    record Keywords(List<Keyword> keywords) implements CountInstruction {
        private static final List<Integer> TIMES = List.of(1, 2, 3, 5, 7);

        static Keywords of(Arguments given) {
            return new Keywords(IntStream.rangeClosed(1, TIMES.size())
                    .mapToObj(i -> new Keyword(PythonText.strip(given.text("keyword" + i))))
                    .toList());
        }

        @Override
        public boolean isFollowedBy(String response) {
            return IntStream.range(0, TIMES.size())
                    .allMatch(i -> keywords.get(i).wordOccurrences(response) == TIMES.get(i));
        }
    }

    /// Exactly so many numbers; marks within a number do not part it.
    record Numbers(int numbers) implements CountInstruction {
        static Numbers of(Arguments given) {
            return new Numbers(given.count("N"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return in(Punctuation.removed(response)).size() == numbers;
        }

        /// The longest runs of digits.
        static List<String> in(String text) {
            return PythonText.runs(text, Character::isDigit);
        }
    }

    /// So many different names out of fifty.
    record PersonNames(int least) implements CountInstruction {
        private static final Set<String> NAMES = Set.of(("Emma Liam Sophia Jackson Olivia Noah Ava Lucas Isabella Mason"
                        + " Mia Ethan Charlotte Alexander Amelia Benjamin Harper Leo Zoe Daniel Chloe Samuel Lily Matthew"
                        + " Grace Owen Abigail Gabriel Ella Jacob Scarlett Nathan Victoria Elijah Layla Nicholas Audrey"
                        + " David Hannah Christopher Penelope Thomas Nora Andrew Aria Joseph Claire Ryan Stella Jonathan")
                .split(" "));

        static PersonNames of(Arguments given) {
            return new PersonNames(given.count("N"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            var found = new HashSet<>(PythonText.words(response));
            found.retainAll(NAMES);
            return found.size() >= least;
        }
    }

    /// So many personal pronouns, among the tokens of [TreebankWords].
    record Pronouns(int least) implements CountInstruction {
        private static final Set<String> PRONOUNS =
                Set.of(("i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his"
                                + " himself she her hers herself it its itself they them their theirs themselves")
                        .split(" "));

        static Pronouns of(Arguments given) {
            return new Pronouns(given.count("N"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            String parted = PythonText.lower(response.replace('/', ' '));
            return TreebankWords.of(parted).stream().filter(PRONOUNS::contains).count() >= least;
        }
    }

    /// Every mark that closes or parts a sentence, and the interrobang besides.
    record AllPunctuation() implements CountInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            boolean interrobang = response.contains("?!") || response.contains("!?") || response.contains("‽");
            String rest = withoutFirst(response, response.contains("?!") ? "?!" : "!?");
            return interrobang && ".,!?;:".chars().allMatch(mark -> rest.indexOf(mark) >= 0);
        }

        private static String withoutFirst(String text, String sought) {
            int at = text.indexOf(sought);
            return at < 0 ? text : text.substring(0, at) + text.substring(at + sought.length());
        }
    }

    /// So many different words, marks around them aside.
    record UniqueWords(int least) implements CountInstruction {
        static UniqueWords of(Arguments given) {
            return new UniqueWords(given.count("N"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.split(PythonText.lower(response)).stream()
                            .map(Punctuation::stripped)
                            .collect(Collectors.toSet())
                            .size()
                    >= least;
        }
    }

    /// A number of words within bounds.
    record WordRange(int least, int most) implements CountInstruction {
        static WordRange of(Arguments given) {
            return new WordRange(given.count("min_words"), given.count("max_words"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            int words = PythonText.words(response).size();
            return least <= words && words <= most;
        }
    }

    /// Every so many words one in Japanese script; a number there will do.
    record JapaneseWords(int cycle) implements CountInstruction {
        static JapaneseWords of(Arguments given) {
            return new JapaneseWords(given.ordinal("N"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            List<String> words = PythonText.split(response);
            return IntStream.range(0, words.size() / cycle)
                    .mapToObj(i -> Punctuation.stripped(words.get((i + 1) * cycle - 1)))
                    .allMatch(word -> word.codePoints().allMatch(Character::isDigit)
                            || word.codePoints().anyMatch(JapaneseWords::isJapanese));
        }

        private static boolean isJapanese(int c) {
            return c >= 0x3040 && c <= 0x30ff || c >= 0x4e00 && c <= 0x9fff;
        }
    }
}

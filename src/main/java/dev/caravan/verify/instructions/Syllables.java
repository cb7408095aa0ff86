package dev.caravan.verify.instructions;

import java.util.HashMap;
import java.util.Map;

/// How many syllables an English word has: by SyllaPy's list, otherwise by the groups of its vowels.
final class Syllables {
    private static final Syllables ENGLISH = new Syllables();

    private final Map<String, Integer> known = new HashMap<>();

    private Syllables() {
        Bundled.eachLine("syllables-english.tsv", line -> {
            int tab = line.indexOf('\t');
            known.put(line.substring(0, tab), Integer.valueOf(line.substring(tab + 1)));
        });
    }

    static Syllables english() {
        return ENGLISH;
    }

    /// @param word in small letters, without marks; one with a digit has no syllables
    int count(String word) {
        if (word.isEmpty() || word.codePoints().anyMatch(Character::isDigit)) {
            return 0;
        }
        Integer listed = known.get(word);
        return listed != null ? listed : Math.max(vowelGroups(word) - silent(word), 1);
    }

    private static int vowelGroups(String word) {
        int groups = 0;
        for (int i = 0; i < word.length(); i++) {
            groups += isVowel(word, i) && !isVowel(word, i - 1) ? 1 : 0;
        }
        return groups;
    }

    /// A last `e` is silent, but not in `-le` after a consonant.
    private static int silent(String word) {
        boolean spoken = word.length() > 2 && word.endsWith("le") && !isVowel(word, word.length() - 3);
        return word.endsWith("e") && !spoken ? 1 : 0;
    }

    private static boolean isVowel(String word, int at) {
        return at >= 0 && "aeiouy".indexOf(word.charAt(at)) >= 0;
    }
}

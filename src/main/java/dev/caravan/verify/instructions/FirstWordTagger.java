package dev.caravan.verify.instructions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The Penn Treebank's tag of the first word of an English text, by the averaged perceptron of Matthew Honnibal
/// that NLTK's tagger descends from: each feature of the word and of the two behind it votes for tags, the
/// greatest sum wins, and of equal sums the tag that is last in the alphabet. The tags of later words cannot
/// change that of the first, so none but the first is tagged.
///
/// The weights are those of the first release, whose training ran through its sentences without a new beginning at
/// each: the word is therefore tagged as one that follows a full stop.
final class FirstWordTagger {
    private static final FirstWordTagger ENGLISH = new FirstWordTagger();
    private static final String BASE = "base\t";

    /// What a feature adds to the sum of a tag, in thousandths.
    private record Vote(int tag, int weight) {}

    private final List<String> tags = new ArrayList<>();
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, List<Vote>> votes = new HashMap<>();

    private FirstWordTagger() {
        var numbers = new HashMap<String, Integer>();
        Bundled.eachLine("tags-english.tsv.gz", line -> add(line, numbers));
    }

    static FirstWordTagger english() {
        return ENGLISH;
    }

    private void add(String line, Map<String, Integer> numbers) {
        String[] fields = line.split("\t", -1);
        if (fields[0].equals("known")) {
            known.put(fields[1], fields[2]);
            return;
        }
        String[] pairs = fields[2].split(" ");
        votes.put(
                fields[0] + "\t" + fields[1],
                IntStream.range(0, pairs.length / 2)
                        .mapToObj(i -> new Vote(number(pairs[2 * i], numbers), Integer.parseInt(pairs[2 * i + 1])))
                        .toList());
    }

    private int number(String tag, Map<String, Integer> numbers) {
        return numbers.computeIfAbsent(tag, added -> {
            tags.add(added);
            return numbers.size();
        });
    }

    /// @param words of a text as [TreebankWords] cuts them, at least one
    String tag(List<String> words) {
        String always = known.get(words.getFirst());
        return always != null ? always : mostVoted(features(words));
    }

    private static List<String> features(List<String> words) {
        String word = words.getFirst();
        String next = words.size() > 1 ? normalized(words.get(1)) : "-END-";
        String second = words.size() > 2 ? normalized(words.get(2)) : words.size() == 2 ? "-END-" : "-END2-";
        return List.of(
                BASE,
                "ending\t" + ending(word),
                "beginning\t" + word.substring(0, word.offsetByCodePoints(0, 1)),
                "word\t" + normalized(word),
                "next\t" + next,
                "next-ending\t" + ending(next),
                "second\t" + second);
    }

    private String mostVoted(List<String> features) {
        var sums = new int[tags.size()];
        for (String feature : features) {
            for (Vote vote : votes.getOrDefault(feature, List.of())) {
                sums[vote.tag()] += vote.weight();
            }
        }
        return IntStream.range(0, sums.length)
                .boxed()
                .max(Comparator.<Integer>comparingInt(tag -> sums[tag]).thenComparing(tags::get))
                .map(tags::get)
                .orElseThrow();
    }

    /// Years, other numbers and compounds are each as good as another; a word is looked up in small letters.
    private static String normalized(String word) {
        if (word.indexOf('-') > 0) return "!HYPHEN";
        if (word.codePointCount(0, word.length()) == 4 && word.codePoints().allMatch(Character::isDigit)) {
            return "!YEAR";
        }
        return Character.isDigit(word.codePointAt(0)) ? "!DIGITS" : PythonText.lower(word);
    }

    private static String ending(String word) {
        int length = word.codePointCount(0, word.length());
        return length <= 3 ? word : word.substring(word.offsetByCodePoints(word.length(), -3));
    }
}

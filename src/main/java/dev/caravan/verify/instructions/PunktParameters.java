package dev.caravan.verify.instructions;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What Punkt has learnt of a language from its newspapers.
///
/// @param abbreviations without their last full stop
/// @param starters words that often begin a sentence
/// @param collocations pairs of words around a full stop that ends no sentence, joined by a tab
/// @param orthography where a word was seen with a capital and where in small letters, as a sum of the constants here
record PunktParameters(
        Set<String> abbreviations, Set<String> starters, Set<String> collocations, Map<String, Integer> orthography) {
    private static final int CAPITAL_INSIDE = 4;
    private static final int CAPITAL = 2 + CAPITAL_INSIDE + 8;
    private static final int SMALL_AT_BEGINNING = 16;
    private static final int SMALL = SMALL_AT_BEGINNING + 32 + 64;

    static PunktParameters english() {
        var parameters = new PunktParameters(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashMap<>());
        Bundled.eachLine("punkt-english.tsv", parameters::add);
        return parameters;
    }

    private void add(String line) {
        String[] fields = line.split("\t", -1);
        switch (fields[0]) {
            case "abbreviation" -> abbreviations.add(fields[1]);
            case "starter" -> starters.add(fields[1]);
            case "collocation" -> collocations.add(fields[1] + "\t" + fields[2]);
            case "orthography" -> orthography.put(fields[1], Integer.valueOf(fields[2]));
            default -> throw new IllegalStateException("no kind of parameter: " + line);
        }
    }

    boolean isCollocation(String before, String after) {
        return collocations.contains(before + "\t" + after);
    }

    boolean seenWithCapital(String word) {
        return seen(word, CAPITAL);
    }

    boolean seenWithCapitalInside(String word) {
        return seen(word, CAPITAL_INSIDE);
    }

    boolean seenSmall(String word) {
        return seen(word, SMALL);
    }

    boolean seenSmallAtBeginning(String word) {
        return seen(word, SMALL_AT_BEGINNING);
    }

    private boolean seen(String word, int where) {
        return (orthography.getOrDefault(word, 0) & where) != 0;
    }
}

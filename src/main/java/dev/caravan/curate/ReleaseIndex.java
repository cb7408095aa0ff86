package dev.caravan.curate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The windows of test items by the phrase that a search for each of them compares.
final class ReleaseIndex {
    /// A window: the tokens from `token` on of a field.
    ///
    /// @param field number of the field, over all items
    record Place(int item, int field, int token) {}

    private final int n;
    private final Map<List<String>, List<Place>> byPhrase = new HashMap<>();
    private final List<List<Integer>> fieldTokens = new ArrayList<>(); // tokens of each field of each item
    private final List<Integer> firstFields = new ArrayList<>(); // of item i
    private int longest;

    ReleaseIndex(int n, List<TestItem> items) {
        this.n = n;
        int fields = 0;
        for (int item = 0; item < items.size(); item++) {
            var counts = new ArrayList<Integer>();
            firstFields.add(fields);
            for (String text : items.get(item).texts()) {
                counts.add(add(text, item, fields++));
            }
            fieldTokens.add(counts);
        }
    }

    int n() {
        return n;
    }

    /// Words of the longest phrase.
    int longest() {
        return longest;
    }

    List<Place> places(List<String> phrase) {
        return byPhrase.getOrDefault(phrase, List.of());
    }

    /// Tokens of each of an item's fields.
    List<Integer> tokens(int item) {
        return fieldTokens.get(item);
    }

    int firstField(int item) {
        return firstFields.get(item);
    }

    /// Returns how many tokens the text has.
    private int add(String text, int item, int field) {
        List<ReleaseTokens.Range> tokens = ReleaseTokens.tokens(text);
        Map<String, Integer> lastPlaces = new LinkedHashMap<>(); // a window that comes again forgets where it was
        for (int token = 0; token + n <= tokens.size(); token++) {
            int from = tokens.get(token).from();
            lastPlaces.put(text.substring(from, tokens.get(token + n - 1).to()), token);
        }
        lastPlaces.forEach((window, token) -> add(ReleaseTokens.phrase(window), new Place(item, field, token)));
        return tokens.size();
    }

    private void add(List<String> phrase, Place place) {
        if (phrase.isEmpty()) return;
        longest = Math.max(longest, phrase.size());
        byPhrase.computeIfAbsent(phrase, _ -> new ArrayList<>()).add(place);
    }
}

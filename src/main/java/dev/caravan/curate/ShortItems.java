package dev.caravan.curate;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntList;
import java.util.HashMap;
import java.util.Map;

/// The items too short for an n-gram, by their words: such an item overlaps with a turn of exactly its words.
final class ShortItems {
    private static final IntList NONE = IntList.of();

    private final Map<IntArrayList, IntList> byWords = new HashMap<>();
    private int longest;

    private ShortItems() {}

    ShortItems(NgramIndex index) {
        for (int item = 0; item < index.items(); item++) {
            if (index.itemWords(item) > 0 && !index.hasGram(item)) add(item, index.wordsOf(item));
        }
    }

    /// Items without this rule.
    static ShortItems none() {
        return new ShortItems();
    }

    /// The most words that such an item has; 0 when there is none.
    int longest() {
        return longest;
    }

    int size() {
        return byWords.values().stream().mapToInt(IntList::size).sum();
    }

    /// @param turn the numbers of a turn's words
    IntList of(IntArrayList turn) {
        return turn.size() > longest ? NONE : byWords.getOrDefault(turn, NONE);
    }

    private void add(int item, int[] words) {
        longest = Math.max(longest, words.length);
        byWords.computeIfAbsent(IntArrayList.wrap(words), _ -> new IntArrayList())
                .add(item);
    }
}

package dev.caravan.curate;

import java.util.List;

/// How much of one test item one training row repeats.
///
/// @param item the item's number in the index
/// @param covered words of the item that lie in a shared n-gram
/// @param words all words of the item
/// @param spans the covered words as ranges of word numbers, in order
public record Overlap(int item, int covered, int words, List<Span> spans) {
    /// Words `from` (inclusive) to `to` (exclusive).
    public record Span(int from, int to) {}

    public Overlap {
        spans = List.copyOf(spans);
    }

    /// The share of the item's words that is covered, 0 for an item without words.
    public double coverage() {
        return share(covered, words);
    }

    static double share(int covered, int words) {
        return words == 0 ? 0 : (double) covered / words;
    }
}

package dev.caravan.curate;

import java.util.List;
import java.util.OptionalDouble;

/// How much of one test item one training row repeats.
///
/// @param item the item's number in the index
/// @param covered words of the item that lie in a shared n-gram
/// @param words all words of the item
/// @param spans the covered words as ranges of word numbers, in order
/// @param similarity cosine of the vectors, where meanings were compared and not words
public record Overlap(int item, int covered, int words, List<Span> spans, OptionalDouble similarity) {
    /// Words `from` (inclusive) to `to` (exclusive).
    public record Span(int from, int to) {}

    public Overlap {
        spans = List.copyOf(spans);
    }

    /// An overlap of words.
    public Overlap(int item, int covered, int words, List<Span> spans) {
        this(item, covered, words, spans, OptionalDouble.empty());
    }

    static Overlap alike(int item, int words, double similarity) {
        return new Overlap(item, 0, words, List.of(), OptionalDouble.of(similarity));
    }

    /// The share of the item's words that is covered, 0 for an item without words; or else the similarity.
    public double coverage() {
        return similarity.orElseGet(() -> share(covered, words));
    }

    static double share(int covered, int words) {
        return words == 0 ? 0 : (double) covered / words;
    }
}

package dev.caravan.curate;

import java.util.List;

/// Compares training rows with test items, one after the other. Of one thread.
interface RowScan {
    /// The items that a row overlaps with, in their order.
    ///
    /// @param turns the row's texts
    List<Overlap> overlaps(List<String> turns);

    /// Test items made ready for a matcher; hands out a scan to every thread that asks.
    interface Maker {
        RowScan scan();
    }

    static Maker of(Matcher matcher, List<TestItem> items) {
        return switch (matcher) {
            case Matcher.Ngram(int n, double tokenMatch) -> {
                var index = new NgramIndex(n, items);
                var shorts = new ShortItems(index);
                yield () -> new NgramScan(index, shorts, tokenMatch);
            }
            case Matcher.Exact(int n) -> {
                var index = new NgramIndex(n, items);
                var shorts = new ShortItems(index);
                yield () -> new ExactScan(index, shorts);
            }
            case Matcher.Release(int n, double tokenMatch) -> {
                var index = new ReleaseIndex(n, items);
                yield () -> new ReleaseScan(index, tokenMatch);
            }
            case Matcher.Embedding(String name, double similarity) -> {
                var scan = EmbeddingScan.of(Embedders.named(name), items, similarity);
                yield () -> scan;
            }
        };
    }
}

package dev.caravan.curate;

import java.util.ArrayList;
import java.util.List;

/// The rule of [Matcher.Embedding]: compares every turn with every item.
final class EmbeddingScan implements RowScan {
    private final Embedder embedder;
    private final List<List<float[]>> items; // vectors of the fields
    private final List<Integer> words; // of the items
    private final double similarity;

    private EmbeddingScan(Embedder embedder, List<List<float[]>> items, List<Integer> words, double similarity) {
        this.embedder = embedder;
        this.items = items;
        this.words = words;
        this.similarity = similarity;
    }

    static EmbeddingScan of(Embedder embedder, List<TestItem> items, double similarity) {
        return new EmbeddingScan(
                embedder,
                items.parallelStream()
                        .map(item -> vectors(embedder, item.texts()))
                        .toList(),
                items.stream().map(EmbeddingScan::words).toList(),
                similarity);
    }

    private static int words(TestItem item) {
        return item.texts().stream().mapToInt(text -> Words.of(text).size()).sum();
    }

    /// Texts without a word mean nothing, and are like nothing.
    private static List<float[]> vectors(Embedder embedder, List<String> texts) {
        return texts.stream()
                .filter(text -> !Words.of(text).isEmpty())
                .map(embedder::vector)
                .toList();
    }

    @Override
    public List<Overlap> overlaps(List<String> turns) {
        List<float[]> vectors = vectors(embedder, turns);
        var overlaps = new ArrayList<Overlap>();
        for (int item = 0; item < items.size() && !vectors.isEmpty(); item++) {
            double likeness = likeness(items.get(item), vectors);
            if (likeness >= similarity) overlaps.add(Overlap.alike(item, words.get(item), likeness));
        }
        return overlaps;
    }

    /// The average over an item's fields of the nearest turn's cosine.
    private static double likeness(List<float[]> fields, List<float[]> turns) {
        if (fields.isEmpty()) return -1;
        double sum = 0;
        for (float[] field : fields) {
            double nearest = -1;
            for (float[] turn : turns) nearest = Math.max(nearest, cosine(field, turn));
            sum += nearest;
        }
        return sum / fields.size();
    }

    /// Of vectors of length 1.
    private static double cosine(float[] one, float[] other) {
        float sum = 0;
        for (int i = 0; i < one.length; i++) sum += one[i] * other[i];
        return sum;
    }
}

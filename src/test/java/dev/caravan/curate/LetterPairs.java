package dev.caravan.curate;

import java.util.Locale;

/// An embedder for tests: how often each pair of letters stands in a text.
public final class LetterPairs implements EmbedderProvider {
    static final String NAME = "letter-pairs";
    private static final int LETTERS = 27; // and all the rest as one

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Embedder open() {
        return LetterPairs::vector;
    }

    private static float[] vector(String text) {
        var vector = new float[LETTERS * LETTERS];
        int last = 0;
        for (int c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            int letter = c >= 'a' && c <= 'z' ? c - 'a' + 1 : 0;
            vector[last * LETTERS + letter]++;
            last = letter;
        }
        float square = 0;
        for (float value : vector) square += value * value;
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < vector.length; i++) vector[i] /= Math.max(length, Float.MIN_NORMAL);
        return vector;
    }
}
